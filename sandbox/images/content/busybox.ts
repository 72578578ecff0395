import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { putLink } from "../tree.js";

/** Gives every command of busybox its name, unless a package brought a program of that name. */
export function putBusyboxLinks(root: string): void {
  const busybox = join(root, "usr/bin/busybox");
  for (const path of execFileSync(busybox, ["--list-full"], { encoding: "utf8" }).trim().split("\n").sort()) {
    const link = path.startsWith("usr/") ? path : `usr/${path}`;
    if (!existsSync(join(root, link)) && path !== "linuxrc") putLink(root, link, "/usr/bin/busybox");
  }
}
