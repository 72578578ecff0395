import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../../errors.js";
import { executablesOnPath } from "./path.js";
import { compare, type Version } from "./table.js";

/** A Go toolchain that can build the tools. */
export interface Go {
  readonly file: string;
  /** Where it keeps what it compiled. */
  readonly cache: string;
  /** Where it fetches modules. */
  readonly proxy: string;
}

/**
 * Finds Go on PATH.
 * @param purpose what it is needed for, as in "to build pulumi"
 * @throws UserError when there is none, or one that is too old
 */
export async function findGo(needed: Version, purpose: string, env: NodeJS.ProcessEnv = process.env): Promise<Go> {
  const wanted = `Go ${needed[0]}.${needed[1]} or later`;
  const hint = `install ${wanted} (https://go.dev/dl) and run the command again; it is needed only once`;
  const [file] = executablesOnPath("go", env["PATH"] ?? "");
  if (file === undefined) throw new UserError(`${wanted} is needed ${purpose}, but there is no go on PATH`, { hint });
  const { GOVERSION, GOCACHE, GOPROXY } = await goEnvironment(file, env);
  const version = parseGoVersion(GOVERSION);
  if (version === undefined || compare(version, needed) < 0) {
    throw new UserError(`${wanted} is needed ${purpose}, but ${file} is ${GOVERSION}`, { hint });
  }
  return { file, cache: GOCACHE, proxy: GOPROXY };
}

/** Reads `go1.26`, `go1.26.8` and `go1.27rc1`, with or without the `go`. */
export function parseGoVersion(text: string): Version | undefined {
  const match = /^(?:go)?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/** Settings that make builds the same everywhere; a go.work above the checkout must not change them. */
export function buildEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return { ...env, CGO_ENABLED: "0", GOWORK: "off", GOTOOLCHAIN: "local" };
}

interface GoEnvironment {
  readonly GOVERSION: string;
  readonly GOCACHE: string;
  readonly GOPROXY: string;
}

async function goEnvironment(file: string, env: NodeJS.ProcessEnv): Promise<GoEnvironment> {
  const args = ["env", "-json", "GOVERSION", "GOCACHE", "GOPROXY"];
  try {
    return JSON.parse((await promisify(execFile)(file, args, { env: buildEnvironment(env) })).stdout) as GoEnvironment;
  } catch (cause) {
    throw new UserError(`${file} does not run: ${(cause as Error).message.trim()}`, {
      hint: "install Go anew (https://go.dev/dl)",
      cause,
    });
  }
}
