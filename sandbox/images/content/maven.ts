import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../../errors.js";
import { limited } from "../../../time-limit.js";
import { checkoutRoot } from "../../paths.js";
import type { Work } from "../../tools/cache.js";
import { inParallel } from "../in-parallel.js";
import { putFile } from "../tree.js";

/** A file of a Maven repository. */
export interface Jar {
  /** In the repository, as `org/slf4j/slf4j-api/1.7.36/slf4j-api-1.7.36.jar`. */
  readonly path: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

export interface Jars {
  /** The file of the checkout that lists them. */
  readonly lock: string;
  /** The image's folder that they come to. */
  readonly folder: string;
}

const CENTRAL = "https://repo1.maven.org/maven2";
const ATTEMPTS = 4;
const ATTEMPT_MS = 60_000;
const AT_ONCE = 8;

/**
 * Downloads the jars of a lock into an image, from Maven Central or the mirror that `$ED8K_MAVEN` names.
 * @throws UserError when one cannot be had, or is not what the lock says
 */
export async function putJars(root: string, { lock, folder }: Jars, { signal }: Work): Promise<void> {
  const { jars } = JSON.parse(readFileSync(join(checkoutRoot(), lock), "utf8")) as { jars: readonly Jar[] };
  const repository = repositoryUrl();
  await inParallel(jars, { atOnce: AT_ONCE, signal }, async (jar, either) => {
    const content = await download(`${repository}/${jar.path}`, jar, either);
    putFile(root, join(folder, basename(jar.path)), { content });
  });
}

/**
 * Without the slash at its end.
 * @throws UserError for a mirror that `fetch` does not take; its value is not told, as there may be a password in it
 */
export function repositoryUrl(env: NodeJS.ProcessEnv = process.env): string {
  const mirror = env["ED8K_MAVEN"] ?? "";
  if (mirror === "") return CENTRAL;
  const url = URL.canParse(mirror) ? new URL(mirror) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UserError("ED8K_MAVEN is no address that begins with http:// or https://", {
      hint: `set it to that of a Maven mirror, as ${CENTRAL}`,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new UserError(`ED8K_MAVEN names ${url.host} with a user or password, which is not supported`, {
      hint: "set it to the address of a Maven mirror that needs none",
    });
  }
  return mirror.replace(/\/+$/, "");
}

async function download(url: string, jar: Jar, signal: AbortSignal): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return checked(await read(url, limited(signal, ATTEMPT_MS)), jar);
    } catch (cause) {
      signal.throwIfAborted();
      if (attempt === ATTEMPTS || cause instanceof LastingError) {
        throw new UserError(`${url} cannot be had: ${reason(cause)}`, {
          hint: "check the network, or set ED8K_MAVEN to the address of a Maven mirror that this machine reaches",
          cause,
        });
      }
      await pause(250 * 2 ** attempt, undefined, { signal });
    }
  }
}

/** What another attempt would not mend. */
class LastingError extends Error {}

function checked(content: Buffer, jar: Jar): Buffer {
  const sha256 = createHash("sha256").update(content).digest("hex");
  if (sha256 === jar.sha256) return content;
  if (content.length < jar.size) throw new Error(`it ends after ${content.length} of ${jar.size} bytes`);
  throw new LastingError(`its SHA-256 is ${sha256}, but ${jar.sha256} is pinned`);
}

async function read(url: string, signal: AbortSignal): Promise<Buffer> {
  const response = await fetch(url, { signal });
  const status = `HTTP ${response.status} ${response.statusText}`;
  if (response.status >= 400 && response.status < 500) throw new LastingError(status);
  if (!response.ok) throw new Error(status);
  return Buffer.from(await response.arrayBuffer());
}

/** `fetch` says only that it failed; its cause says why. */
function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
