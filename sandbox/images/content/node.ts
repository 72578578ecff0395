import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { putCopy } from "../tree.js";

/** What the base layer and libstdc++6 bring. */
const THERE = /^(?:ld-linux.*|lib(?:c|m|dl|rt|pthread|resolv|gcc_s|stdc\+\+|atomic))\.so/;

/** Copies the Node that runs this, and libraries that a distribution's own build of it has apart. */
export function putNode(root: string): void {
  putCopy(root, "usr/local/bin/node", { file: process.execPath, mode: 0o755 });
  const linked = execFileSync("ldd", [process.execPath], { encoding: "utf8" });
  for (const [, name = "", file = ""] of linked.matchAll(/^\s*(\S+) => (\/\S+)/gm)) {
    if (THERE.test(name) || existsSync(join(root, file))) continue;
    putCopy(root, join("usr/local/lib", name), { file, mode: 0o644 });
  }
}
