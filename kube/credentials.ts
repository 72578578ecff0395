import { execFile } from "node:child_process";
import { UserError } from "../errors.js";
import type { ExecPlugin, KubeAccess, KubeUser } from "./kubeconfig.js";
import { readReferenced } from "./kubeconfig.js";
import type { JsonObject } from "./manifest.js";
import { at, isJsonObject } from "./object.js";

/** What one connection proves itself with. */
export interface Credentials {
  readonly authorization?: string;
  /** PEM. */
  readonly certificate?: string;
  /** PEM. */
  readonly key?: string;
  /** Milliseconds since 1970; `undefined`: for ever. */
  readonly expires?: number;
}

/** Rotated token files are read again after a minute, as client-go does. */
const TOKEN_FILE_MS = 60_000;
/** A credential is renewed this long before it ends, so that no request starts with one that ends on its way. */
const MARGIN_MS = 10_000;

/** Gives the user's credentials: kept until they expire, and fetched once for all who ask at the same time. */
export class CredentialSource {
  readonly #access: KubeAccess;
  #current: Promise<Credentials> | undefined;
  #latest: Credentials | undefined;

  constructor(access: KubeAccess) {
    this.#access = access;
  }

  /** @throws UserError when the exec plugin fails or is not installed, or a token file cannot be read */
  async get(): Promise<Credentials> {
    const before = this.#current;
    const kept = await before;
    if (kept !== undefined && (kept.expires === undefined || Date.now() < kept.expires - MARGIN_MS)) return kept;
    // Only the first who finds nothing of use fetches; the others take what it gets.
    if (this.#current === before || this.#current === undefined) this.#current = this.#fetch();
    return this.#current;
  }

  /**
   * Forgets credentials that the server refused, unless others have taken their place by now.
   * @returns true when asking again can give something else
   */
  renew(refused: Credentials): boolean {
    if (this.#latest === refused) this.#current = undefined;
    return this.#access.user.exec !== undefined || this.#access.user.tokenFile !== undefined;
  }

  async #fetch(): Promise<Credentials> {
    try {
      this.#latest = await fetchCredentials(this.#access.user);
      return this.#latest;
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }
}

async function fetchCredentials(user: KubeUser): Promise<Credentials> {
  if (user.exec !== undefined) return runPlugin(user.exec);
  const { certificate, key } = user;
  const pair = certificate === undefined || key === undefined ? {} : { certificate, key };
  if (user.tokenFile !== undefined) {
    const token = readReferenced(user.tokenFile).toString("utf8").trim();
    return { ...pair, authorization: `Bearer ${token}`, expires: Date.now() + TOKEN_FILE_MS };
  }
  if (user.token !== undefined) return { ...pair, authorization: `Bearer ${user.token}` };
  if (user.basic === undefined) return pair;
  const { username, password } = user.basic;
  return { ...pair, authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
}

async function runPlugin(plugin: ExecPlugin): Promise<Credentials> {
  const answer = parseAnswer(plugin, await execute(plugin));
  const token = at(answer, "status", "token");
  const certificate = at(answer, "status", "clientCertificateData");
  const key = at(answer, "status", "clientKeyData");
  const expires = at(answer, "status", "expirationTimestamp");
  if (typeof token !== "string" && typeof certificate !== "string") {
    throw new UserError(`The kubeconfig's exec plugin ${plugin.command} gave neither a token nor a certificate`);
  }
  return {
    ...(typeof token === "string" ? { authorization: `Bearer ${token}` } : {}),
    ...(typeof certificate === "string" && typeof key === "string" ? { certificate, key } : {}),
    ...(typeof expires === "string" ? { expires: Date.parse(expires) } : {}),
  };
}

function parseAnswer(plugin: ExecPlugin, output: string): JsonObject {
  try {
    const answer: unknown = JSON.parse(output);
    if (isJsonObject(answer) && answer["kind"] === "ExecCredential" && answer["apiVersion"] === plugin.apiVersion) {
      return answer;
    }
  } catch {
    // Told below, without the output: it may hold a token.
  }
  throw new UserError(
    `The kubeconfig's exec plugin ${plugin.command} did not print an ExecCredential of ${plugin.apiVersion}`,
  );
}

function execute(plugin: ExecPlugin): Promise<string> {
  const info = {
    apiVersion: plugin.apiVersion,
    kind: "ExecCredential",
    spec: { interactive: false, ...(plugin.clusterInfo === undefined ? {} : { cluster: plugin.clusterInfo }) },
  };
  const env = { ...process.env, ...plugin.env, KUBERNETES_EXEC_INFO: JSON.stringify(info) };
  return new Promise((done, fail) => {
    execFile(plugin.command, plugin.args, { env, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error === null) done(stdout);
      else fail(pluginFault(plugin, error, stderr));
    });
  });
}

function pluginFault(plugin: ExecPlugin, error: Error, stderr: string): UserError {
  if ("code" in error && error.code === "ENOENT") {
    return new UserError(`The kubeconfig gets its credentials from "${plugin.command}", which is not installed`, {
      hint: plugin.installHint ?? `Install ${plugin.command} and put it on PATH`,
    });
  }
  const said = stderr.trim().split("\n").at(-1) ?? "";
  return new UserError(`The kubeconfig's exec plugin "${plugin.command}" failed${said === "" ? "" : `: ${said}`}`, {
    hint: "Log in again (for AWS: `aws sso login`) and repeat the command",
  });
}
