import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve, sep } from "node:path";
import { UserError } from "../errors.js";

/**
 * The folder of ED8K's package.json, whether this runs from source or from dist/.
 * @throws UserError when the code was copied out of its checkout
 */
export function checkoutRoot(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (isCheckout(folder)) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new UserError(`no folder above ${from} is a checkout of ED8K (a package.json with the name "ed8k")`, {
    hint: "run ed8kctl from a git checkout on which npm ci was run",
  });
}

/** Where tools are kept that were built or unpacked once: `$ED8K_CACHE`, `$XDG_CACHE_HOME/ed8k` or `~/.cache/ed8k`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (isSet(env["ED8K_CACHE"])) return resolve(env["ED8K_CACHE"]);
  if (isSet(env["XDG_CACHE_HOME"])) return join(resolve(env["XDG_CACHE_HOME"]), "ed8k");
  return join(isSet(env["HOME"]) ? env["HOME"] : homedir(), ".cache", "ed8k");
}

/**
 * The sandbox's one folder: `$ED8K_SANDBOX`, or `.ed8k/sandbox` in the checkout. `sandbox down` removes it.
 * @throws UserError when the cache lies in it, because the cache outlives sandboxes
 */
export function sandboxFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder = isSet(env["ED8K_SANDBOX"]) ? resolve(env["ED8K_SANDBOX"]) : join(checkoutRoot(), ".ed8k", "sandbox");
  const cache = cacheFolder(env);
  if (`${cache}${sep}`.startsWith(`${folder}${sep}`)) {
    throw new UserError(`the cache ${cache} lies in the sandbox's folder ${folder}, which sandbox down removes`, {
      hint: "set ED8K_CACHE or ED8K_SANDBOX to another folder",
      exit: "usage",
    });
  }
  return folder;
}

/** What lies where in the sandbox's folder. */
export interface SandboxPaths {
  readonly folder: string;
  /** Marks the folder as ours, so that only such a folder is ever removed. */
  readonly marker: string;
  /** What the sandbox was started with. */
  readonly settings: string;
  /** What runs, as the supervisor last saw it. */
  readonly state: string;
  readonly logs: string;
  readonly etcd: string;
  /** The API server's certificate, the keys of service accounts and the components' tokens. */
  readonly certificates: string;
  /** For its users: context `ed8k-sandbox`. */
  readonly kubeconfig: string;
  /** What the emulator of AWS and its front keep; with `--aws` only. */
  readonly aws: string;
  /** What a real node keeps: containers, images, volumes, logs of pods. */
  readonly node: string;
  readonly bin: string;
  readonly pulumiHome: string;
  readonly backend: string;
  readonly passphrase: string;
  /** Caches and settings of kubectl and helm, which else write to the home folder. */
  readonly clients: string;
}

/** The paths in a sandbox's folder. */
export function sandboxPaths(folder: string): SandboxPaths {
  return {
    folder,
    marker: join(folder, ".ed8k-sandbox"),
    settings: join(folder, "settings.json"),
    state: join(folder, "state.json"),
    logs: join(folder, "logs"),
    etcd: join(folder, "etcd"),
    certificates: join(folder, "certificates"),
    kubeconfig: join(folder, "kubeconfig"),
    aws: join(folder, "aws"),
    node: join(folder, "node"),
    bin: join(folder, "bin"),
    pulumiHome: join(folder, "pulumi"),
    backend: join(folder, "backend"),
    passphrase: join(folder, "passphrase"),
    clients: join(folder, "clients"),
  };
}

/** Locks lie beside the folder, because `down` removes it while it holds one. */
export interface SandboxLocks {
  /** Held for a whole `up`. */
  readonly up: string;
  /** Held while the supervisor is started, or everything is removed. */
  readonly change: string;
}

export function sandboxLocks({ folder }: SandboxPaths): SandboxLocks {
  return { up: `${folder}.up.lock`, change: `${folder}.lock` };
}

function isCheckout(folder: string): boolean {
  const file = join(folder, "package.json");
  return existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: unknown }).name === "ed8k";
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
