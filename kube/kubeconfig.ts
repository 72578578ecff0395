import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { UserError } from "../errors.js";
import type { Json, JsonObject } from "./manifest.js";
import { asList, asText, isJsonObject } from "./object.js";

/** A program that gives credentials, as `aws eks get-token` does. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Told when the program is not installed. */
  readonly installHint?: string;
  /** The cluster's entry, for plugins that ask for it. */
  readonly clusterInfo?: JsonObject;
}

/** Whom to act as. https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/ */
export interface Impersonation {
  readonly user: string;
  readonly uid?: string;
  readonly groups: readonly string[];
}

/** How a request proves who it is from; several may be given, as in kubeconfig files. */
export interface KubeUser {
  readonly token?: string;
  /** Read again for each minute: such tokens are rotated in place. */
  readonly tokenFile?: string;
  /** PEM. */
  readonly certificate?: string;
  /** PEM. */
  readonly key?: string;
  readonly basic?: { readonly username: string; readonly password: string };
  readonly exec?: ExecPlugin;
  /** Requests act as this one; the rest only proves who may do so. */
  readonly impersonate?: Impersonation;
}

/** All that is needed to talk to one cluster as one user. */
export interface KubeAccess {
  readonly context: string;
  readonly server: string;
  /** PEM; `undefined`: the system's authorities. */
  readonly ca?: string;
  /** True: any certificate is taken. */
  readonly insecure: boolean;
  /** Name that the certificate must carry, when it is not the server's host. */
  readonly serverName?: string;
  /** The context's namespace. @default "default" */
  readonly namespace: string;
  readonly user: KubeUser;
}

/** Kubeconfig files merged into one; every file reference in it is absolute. */
export interface Kubeconfig {
  /** Where it came from, for messages. */
  readonly source: string;
  readonly currentContext: string | undefined;
  readonly contexts: ReadonlyMap<string, JsonObject>;
  readonly clusters: ReadonlyMap<string, JsonObject>;
  readonly users: ReadonlyMap<string, JsonObject>;
}

/** The files that kubectl would read: those of `$KUBECONFIG`, else `~/.kube/config`. */
export function kubeconfigPaths(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const listed = (env["KUBECONFIG"] ?? "").split(delimiter).filter((path) => path !== "");
  return listed.length > 0 ? listed : [join(env["HOME"] ?? homedir(), ".kube", "config")];
}

/** There is no kubeconfig, or it does not name the context that is wanted. */
export class MissingContextError extends UserError {}

/**
 * Reads and merges kubeconfig files; as with kubectl the first to name a thing wins and missing files are passed over.
 * @throws MissingContextError when none of them is there; UserError when one is no kubeconfig
 */
export function readKubeconfig(paths: readonly string[] = kubeconfigPaths()): Kubeconfig {
  const found = paths.flatMap((path) => {
    const text = readIfThere(path);
    return text === undefined ? [] : [parseKubeconfig(text, path)];
  });
  if (found.length === 0) {
    throw new MissingContextError(`There is no kubeconfig at ${paths.join(", ")}`, {
      hint: "Set KUBECONFIG to a file that names your cluster",
    });
  }
  return merge(found);
}

/**
 * Parses the content of one kubeconfig; `path` is told in messages, and its folder is where relative references begin.
 * @throws UserError when the text is no kubeconfig
 */
export function parseKubeconfig(text: string, path: string): Kubeconfig {
  const content = parseYaml(text, path);
  if (!isJsonObject(content) || (content["kind"] !== undefined && content["kind"] !== "Config")) {
    throw new UserError(`${path} is no kubeconfig: it has no "kind: Config"`);
  }
  const folder = dirname(resolve(path));
  const current = content["current-context"];
  return {
    source: path,
    currentContext: typeof current === "string" && current !== "" ? current : undefined,
    contexts: entries(content["contexts"], "context", folder),
    clusters: entries(content["clusters"], "cluster", folder),
    users: entries(content["users"], "user", folder),
  };
}

/**
 * One context (by default the current one) as a kubeconfig of its own, with certificates, keys and tokens from files
 * written into it: it can be stored and used on another machine. It is a secret.
 * @throws UserError when the context is not there
 */
export function minifyKubeconfig(config: Kubeconfig, context?: string): string {
  const { name, cluster, user, ...parts } = selectContext(config, context);
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: parts.context }],
    clusters: [{ name: parts.clusterName, cluster: inlineFiles(cluster, CLUSTER_FILES) }],
    users: [{ name: parts.userName, user: inlineFiles(user, USER_FILES) }],
  });
}

/** The parts that a context puts together, as they are written. */
export interface SelectedContext {
  readonly name: string;
  readonly context: JsonObject;
  readonly clusterName: string;
  readonly cluster: JsonObject;
  readonly userName: string;
  readonly user: JsonObject;
}

/** @throws UserError when the context, its cluster or its user is not there; it lists the contexts that are */
export function selectContext(config: Kubeconfig, wanted?: string): SelectedContext {
  const name = wanted ?? config.currentContext;
  const known = [...config.contexts.keys()].sort().join(", ") || "none";
  if (name === undefined) {
    throw new UserError(`${config.source} has no current context`, { hint: `Choose one of its contexts: ${known}` });
  }
  const context = config.contexts.get(name);
  if (context === undefined) {
    throw new MissingContextError(`${config.source} has no context "${name}"`, {
      hint: `It has these contexts: ${known}`,
    });
  }
  const clusterName = asText(context["cluster"]);
  const userName = asText(context["user"]);
  const cluster = config.clusters.get(clusterName);
  if (cluster === undefined) {
    throw new UserError(`${config.source}: context "${name}" names a cluster "${clusterName}" that is not in it`);
  }
  const user = config.users.get(userName);
  if (user === undefined && userName !== "") {
    throw new UserError(`${config.source}: context "${name}" names a user "${userName}" that is not in it`);
  }
  return { name, context, clusterName, cluster, userName, user: user ?? {} };
}

/** Fields that name files, with the field that carries the same as data; all but a token in base64. */
export const CLUSTER_FILES = { "certificate-authority": "certificate-authority-data" } as const;
export const USER_FILES = {
  "client-certificate": "client-certificate-data",
  "client-key": "client-key-data",
  tokenFile: "token",
} as const;

function inlineFiles(entry: JsonObject, files: Readonly<Record<string, string>>): JsonObject {
  const inlined: Record<string, Json | undefined> = { ...entry };
  for (const [file, data] of Object.entries(files)) {
    const path = entry[file];
    if (typeof path !== "string") continue;
    Reflect.deleteProperty(inlined, file);
    // As with kubectl, data goes before a file, but a token file before a token.
    if (data === "token") inlined[data] = readReferenced(path).toString("utf8").trim();
    else inlined[data] ??= readReferenced(path).toString("base64");
  }
  return inlined;
}

/** @throws UserError when a file that a kubeconfig names cannot be read */
export function readReferenced(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UserError(`The kubeconfig names the file ${path}, which cannot be read`, { cause });
  }
}

function entries(list: Json | undefined, field: string, folder: string): Map<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  for (const entry of asList(list)) {
    if (!isJsonObject(entry) || typeof entry["name"] !== "string" || found.has(entry["name"])) continue;
    const value = entry[field];
    found.set(entry["name"], absolute(isJsonObject(value) ? value : {}, folder));
  }
  return found;
}

function absolute(entry: JsonObject, folder: string): JsonObject {
  const changed: Record<string, Json | undefined> = { ...entry };
  for (const file of [...Object.keys(CLUSTER_FILES), ...Object.keys(USER_FILES)]) {
    const path = entry[file];
    if (typeof path === "string" && path !== "") changed[file] = resolve(folder, path);
  }
  return changed;
}

function merge(configs: readonly Kubeconfig[]): Kubeconfig {
  const [first] = configs;
  if (first !== undefined && configs.length === 1) return first;
  // Later entries of a Map overwrite earlier ones, so the files go in backwards.
  const backwards = [...configs].reverse();
  return {
    source: configs.map((config) => config.source).join(delimiter),
    currentContext: configs.find((config) => config.currentContext !== undefined)?.currentContext,
    contexts: new Map(backwards.flatMap((config) => [...config.contexts])),
    clusters: new Map(backwards.flatMap((config) => [...config.clusters])),
    users: new Map(backwards.flatMap((config) => [...config.users])),
  };
}

function parseYaml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    // The parser's message quotes the line, which may hold a token.
    const line = /at line \d+, column \d+/.exec(String(cause))?.[0] ?? "";
    throw new UserError(`${path} is no kubeconfig: its YAML is broken ${line}`.trim());
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw new UserError(`The kubeconfig ${path} cannot be read`, { cause });
  }
}
