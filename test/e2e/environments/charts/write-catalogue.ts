import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { stringify } from "yaml";
import { checkoutRoot } from "../../../../sandbox/paths.js";

/** The files of a chart by their path in it; `Chart.yaml` and `ed8k.yaml` are made where they are not given. */
export type ChartFiles = Readonly<Record<string, string>>;

/**
 * Writes charts and a catalogue of them, whose profile `minimal` is `profile`.
 * @returns the catalogue's path as `--catalogue` takes it: relative to the project
 */
export function writeCatalogue(
  folder: string,
  charts: Readonly<Record<string, ChartFiles>>,
  profile: readonly string[] = [],
): string {
  for (const [name, files] of Object.entries(charts)) {
    const all = { "Chart.yaml": chartYaml(name), "ed8k.yaml": serviceYaml(name), ...files };
    for (const [path, text] of Object.entries(all)) write(join(folder, name, path), text);
  }
  const services = Object.fromEntries(Object.keys(charts).map((name) => [name, { chart: `./${name}` }]));
  const file = join(folder, "catalogue.yaml");
  const catalogue = { apiVersion: "ed8k.dev/v1", kind: "Catalogue", core: [], services, profiles: { minimal: profile } };
  write(file, stringify(catalogue));
  return relative(checkoutRoot(), file);
}

/** An `ed8k.yaml` that says no more than it must. */
export function serviceYaml(name: string, more: Readonly<Record<string, unknown>> = {}): string {
  return stringify({ apiVersion: "ed8k.dev/v1", kind: "Service", metadata: { name, owner: "tests" }, ...more });
}

/** An object as a template's text. */
export function template(object: Readonly<Record<string, unknown>>): string {
  return stringify(object);
}

function chartYaml(name: string): string {
  return stringify({ apiVersion: "v2", name, version: "1.0.0" });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
