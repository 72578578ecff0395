import { readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import type { Apt } from "./apt.js";

/** One version of one package. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

/**
 * The packages named and all that they need, without what they merely recommend, sorted by name.
 * @throws UserError when the host's distribution has none of that name
 */
export async function closureOf(apt: Apt, names: readonly string[]): Promise<readonly DebianPackage[]> {
  if (names.length === 0) return [];
  const said = await apt.run(["--simulate", "--quiet", "install", "--", ...names], "looking up packages");
  return parseSimulation(said);
}

/** Reads lines as `Inst libc6 (2.36-9+deb12u14 Debian:12.14/oldstable [amd64])`. */
export function parseSimulation(said: string): readonly DebianPackage[] {
  return [...said.matchAll(/^Inst (\S+?)(?::\S+)? (?:\[\S+\] )?\((\S+) .*\[(\w+)\]\)/gm)]
    .map(([, name = "", version = "", architecture = ""]) => ({ name, version, architecture }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Downloads packages that are not there yet, each checked against the signed lists, and gives their files in the same
 * order.
 * @throws UserError when the sources cannot be reached or the disk is full
 */
export async function downloadPackages(apt: Apt, packages: readonly DebianPackage[]): Promise<readonly string[]> {
  const there = new Set(readdirSync(apt.archives));
  const missing = packages.filter((one) => !there.has(fileOf(one)));
  if (missing.length > 0) {
    await apt.run(["--quiet", "download", "--", ...missing.map(exactly)], "downloading packages");
    // Only now: an apt-get that is stopped leaves what it has of a file under the file's own name.
    for (const one of missing) renameSync(join(apt.downloads, fileOf(one)), join(apt.archives, fileOf(one)));
  }
  return packages.map((one) => join(apt.archives, fileOf(one)));
}

function exactly({ name, version, architecture }: DebianPackage): string {
  return architecture === "all" ? `${name}=${version}` : `${name}:${architecture}=${version}`;
}

/** As apt names it: the colon of an epoch would not do in all file systems. */
function fileOf({ name, version, architecture }: DebianPackage): string {
  return `${name}_${version.replaceAll(":", "%3a")}_${architecture}.deb`;
}
