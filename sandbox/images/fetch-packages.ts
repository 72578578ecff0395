import { type Apt, openApt } from "../debian/apt.js";
import { closureOf, type DebianPackage, downloadPackages } from "../debian/packages.js";
import type { Work } from "../tools/cache.js";
import type { LayerDefinition, PackageSet } from "./definition.js";

/**
 * Downloads the packages of layers, each once, and gives the files by the name of the layer. Without packages, apt is
 * not asked.
 * @throws UserError when the machine has no apt or lacks a package, sources cannot be reached, or the disk is full
 */
export async function fetchPackages(
  layers: readonly LayerDefinition[],
  folder: string,
  work: Work,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const wanted = layers.flatMap(({ name, packages }) => (packages === undefined ? [] : [{ name, packages }]));
  if (wanted.length === 0) return new Map();
  const begun = Date.now();
  work.report("images: looking up Debian packages, once for this machine");
  const apt = await openApt(folder, work);
  const closures: { readonly name: string; readonly closure: readonly DebianPackage[] }[] = [];
  for (const { name, packages } of wanted) closures.push({ name, closure: await neededPackages(apt, packages) });
  const all = new Map(closures.flatMap(({ closure }) => closure).map((one) => [one.name, one]));
  const files = await downloadPackages(apt, [...all.values()]);
  const fileOf = new Map([...all.keys()].map((name, index) => [name, files[index] ?? ""]));
  work.report(`images: ${all.size} packages downloaded in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return new Map(closures.map(({ name, closure }) => [name, closure.map((one) => fileOf.get(one.name) ?? "")]));
}

async function neededPackages(apt: Apt, { names, without, below }: PackageSet): Promise<readonly DebianPackage[]> {
  const there = below === undefined ? [] : await neededPackages(apt, below);
  const closure = await closureOf(apt, [...(below?.names ?? []), ...names]);
  return withoutPackages(closure, [...without, ...there.map(({ name }) => name)]);
}

/** Those packages whose names are none of the patterns, in which `*` stands for any text. */
export function withoutPackages(
  packages: readonly DebianPackage[],
  patterns: readonly string[],
): readonly DebianPackage[] {
  const left = patterns.map((text) => new RegExp(`^${text.replaceAll(/[.+]/g, "\\$&").replaceAll("*", ".*")}$`));
  return packages.filter(({ name }) => !left.some((pattern) => pattern.test(name)));
}
