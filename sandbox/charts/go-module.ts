import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../../errors.js";
import { buildEnvironment, findGo } from "../tools/go.js";

/** `go mod download` takes modules that ask for a newer Go than itself. https://go.dev/doc/toolchain */
const GO = [1, 21, 0] as const;

/**
 * The folder of a module in Go's own cache, fetched unless it is there; its checksum is checked by Go.
 * @param module with its version: `github.com/envoyproxy/gateway@v1.9.1`
 * @throws UserError when there is no Go, or the module cannot be fetched
 */
export async function downloadModule(module: string, signal?: AbortSignal): Promise<string> {
  const go = await findGo(GO, "to fetch charts");
  const options = { env: buildEnvironment(), ...(signal === undefined ? {} : { signal }) };
  try {
    const { stdout } = await promisify(execFile)(go.file, ["mod", "download", "-json", module], options);
    return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new UserError(`Go could not fetch ${module} (GOPROXY=${go.proxy}): ${reason(cause)}`, {
      hint: "check the network, or set GOPROXY to a module proxy that this machine reaches",
      cause,
    });
  }
}

/** Go tells the error in the JSON that it prints; without that, in its last line. */
function reason(error: unknown): string {
  const { stdout = "", stderr = "" } = error as { readonly stdout?: string; readonly stderr?: string };
  const told = /"Error": "((?:[^"\\]|\\.)*)"/.exec(stdout)?.[1];
  return told ?? (stderr.trim().split("\n").at(-1) || (error as Error).message);
}
