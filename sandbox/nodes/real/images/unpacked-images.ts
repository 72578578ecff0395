import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { UserError } from "../../../../errors.js";
import { markUsed, removeUnused } from "../../../images/cache/last-use.js";
import { checkSpace } from "../../../machine/disk.js";
import { checkoutRoot } from "../../../paths.js";
import type { RealNodeSettings } from "../../../records/settings.js";
import { makeOnce, type Work } from "../../../tools/cache.js";
import { programEnvironment } from "../programs/program-environment.js";

type Node = Pick<RealNodeSettings, "programs" | "images">;

const ROOT = "root";
/** All images, packed and unpacked. */
const BYTES = 2 * 1024 ** 3;

/**
 * A folder of the cache that holds all images as a containerd keeps them, made once for this machine: sandboxes begin
 * with links to its files instead of unpacking everything each time.
 * @throws UserError when containerd does not import them, or the disk is full
 */
export async function unpackImages(node: Node, cache: string, work: Work): Promise<string> {
  const all = join(cache, "containerd");
  const folder = join(all, await key(node));
  const make = async (parts: string): Promise<void> => {
    const begun = Date.now();
    checkSpace({ folder, bytes: BYTES, purpose: "to unpack images" });
    work.report("images: unpacking them for containerd, once for this machine");
    await importAll(node, parts, work);
    work.report(`images: unpacked in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  };
  // Before it looks what is there, or it might go in between.
  markUsed([folder]);
  await makeOnce({ folder, files: [ROOT], doing: "unpacking images", make }, work);
  // A sandbox that has links to files keeps these.
  removeUnused(all);
  return join(folder, ROOT);
}

/**
 * Makes a containerd's folder from such a one, by links: files of images are never changed in place, databases are, and
 * so are copied. Does nothing when it is there already, or on another disk: then images are imported one by one.
 */
export async function linkImages(unpacked: string, root: string): Promise<void> {
  if (existsSync(root)) return;
  const part = `${root}.part`;
  const run = promisify(execFile);
  rmSync(part, { recursive: true, force: true });
  try {
    await run("cp", ["--archive", "--link", unpacked, part]);
    const { stdout } = await run("find", [part, "-name", "*.db", "-type", "f"]);
    for (const file of stdout.split("\n").filter((line) => line !== "")) {
      await run("cp", ["--archive", "--remove-destination", file.replace(part, unpacked), file]);
    }
    renameSync(part, root);
  } catch {
    rmSync(part, { recursive: true, force: true });
  }
}

/** Images and containerd's version decide what it writes. */
async function key({ programs, images }: Node): Promise<string> {
  const { stdout } = await promisify(execFile)(programs.containerd, ["--version"]);
  const decides = JSON.stringify([stdout, images.map(({ reference, digest }) => [reference, digest])]);
  return createHash("sha256").update(decides).digest("hex").slice(0, 12);
}

async function importAll({ programs, images }: Node, parts: string, { signal }: Work): Promise<void> {
  const script = join(checkoutRoot(), "sandbox", "nodes", "real", "images", "unpack-images.sh");
  const spaces = ["--mount", "--pid", "--net", "--fork", "--kill-child", "--mount-proc"];
  const env = {
    ...programEnvironment(programs),
    ROOT: join(parts, ROOT),
    CONFIG: join(parts, "containerd.toml"),
    CONTAINERD: programs.containerd,
    CTR: programs.ctr,
  };
  signal?.throwIfAborted();
  const words = [...spaces, "bash", script, ...images.map(({ archive }) => archive)];
  const unpacking = promisify(execFile)("unshare", words, { env, maxBuffer: 16 * 1024 ** 2 });
  // By hand: unshare takes no other signal while it waits for its child, and execFile's own way sends another one.
  const kill = (): boolean => unpacking.child.kill("SIGKILL");
  signal?.addEventListener("abort", kill);
  try {
    await unpacking;
  } catch (cause) {
    signal?.throwIfAborted();
    const said = (cause as { stderr?: string }).stderr?.trim().split("\n").at(-1) ?? (cause as Error).message;
    throw new UserError(`containerd could not unpack the images: ${said}`, { cause });
  } finally {
    signal?.removeEventListener("abort", kill);
  }
}
