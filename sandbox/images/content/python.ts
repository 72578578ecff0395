import { existsSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../debian/command.js";
import type { Work } from "../../tools/cache.js";
import { multiarch } from "../architecture.js";

/**
 * Compiles the modules of Debian's packages, as their own scripts would: a container could not keep what it compiles,
 * and would start seconds later. The files hold hashes instead of times and are never checked, as nobody edits these
 * modules. https://docs.python.org/3/library/compileall.html
 */
export async function compilePackages(root: string, version: string, { signal }: Work): Promise<void> {
  const folders = [`usr/lib/python${version}`, "usr/lib/python3/dist-packages"];
  const python = join(root, `usr/bin/python${version}`);
  const flags = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", root, "-p", "/"];
  const args = [
    "-m",
    "compileall",
    ...flags,
    ...folders.map((one) => join(root, one)).filter((one) => existsSync(one)),
  ];
  // Everybody may read what it writes, whatever the umask of the user.
  await runCommand("sh", ["-c", 'umask 022 && exec "$0" "$@"', python, ...args], {
    signal,
    env: {
      PYTHONHOME: join(root, "usr"),
      PYTHONHASHSEED: "0",
      PYTHONDONTWRITEBYTECODE: "1",
      LD_LIBRARY_PATH: join(root, "usr/lib", multiarch()),
    },
  });
}
