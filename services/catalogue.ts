import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { throwFaults, UserError, type Fault } from "../errors.js";
import { suggest } from "../suggest.js";
import { checkDocument } from "./document/document.js";
import type { Path, Problem } from "./document/problems.js";
import { API_VERSION, nameSchema } from "./service.js";

/** Where a service's chart comes from. */
export type ChartReference =
  /** A folder, relative to the catalogue's; its `Chart.yaml` tells its version. */
  | { readonly from: "folder"; readonly path: string }
  /** `oci://…`, without a tag. */
  | { readonly from: "oci"; readonly chart: string; readonly version: string }
  /** A chart of a Helm repository (`https://…`). */
  | { readonly from: "repository"; readonly repository: string; readonly chart: string; readonly version: string };

/** The services that there are, and the named sets of them. */
export interface Catalogue {
  /** The file, as messages tell it. */
  readonly file: string;
  /** Absolute folder of the file. */
  readonly folder: string;
  /** Services that every environment has. */
  readonly core: readonly string[];
  readonly services: Readonly<Record<string, ChartReference>>;
  /** Sets of services by name; the core is part of each. */
  readonly profiles: Readonly<Record<string, readonly string[]>>;
}

const names = z.array(nameSchema);

/** An exact version (https://semver.org): a range would make two environments differ that were made alike. */
export const VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

const entry = z.strictObject({
  chart: z.string().min(1),
  repository: z
    .string()
    .regex(/^https?:\/\//, "is no address of a Helm repository: it begins with https://")
    .optional(),
  version: z.string().regex(VERSION, "is no exact version, such as 1.2.3").optional(),
});

const catalogueSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal("Catalogue"),
  core: names.default([]),
  services: z.record(nameSchema, entry),
  profiles: z.record(nameSchema, names),
});

/**
 * Reads a catalogue.
 * @param root folder of the project
 * @param file relative to it
 * @throws UserError (usage) that tells all faults with line and column
 */
export async function loadCatalogue(root: string, file: string): Promise<Catalogue> {
  return parseCatalogue(await readText(root, file), { file, folder: dirname(resolve(root, file)) });
}

/** Reads the content of a catalogue. @throws UserError as `loadCatalogue` does */
export function parseCatalogue(text: string, { file, folder }: Pick<Catalogue, "file" | "folder">): Catalogue {
  const { value, faults, fault } = checkDocument({ text, file, schema: catalogueSchema });
  throwFaults("catalogue", faults);
  if (value === undefined) throw new Error("unreachable: without a value there are faults");
  const { core, profiles } = value;
  const entries = Object.entries(value.services);
  const known = entries.map(([service]) => service);
  const problems = [
    ...entries.flatMap(([service, fields]) => entryProblems(["services", service], fields)),
    ...unknownNames(["core"], core, known),
    ...Object.entries(profiles).flatMap(([profile, services]) => unknownNames(["profiles", profile], services, known)),
  ];
  throwFaults("catalogue", problems.map(fault));
  const services = Object.fromEntries(entries.map(([service, fields]) => [service, toReference(fields)]));
  return { file, folder, core, services, profiles };
}

/** The services of a profile, without the core. @throws UserError (usage) when there is no such profile */
export function profileServices({ profiles, file }: Catalogue, profile: string): readonly string[] {
  const services = Object.hasOwn(profiles, profile) ? profiles[profile] : undefined;
  if (services !== undefined) return services;
  const names = Object.keys(profiles);
  const near = suggest(profile, names);
  throw new UserError(`there is no profile "${profile}" in ${file}; there are ${names.join(", ")}`, {
    exit: "usage",
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  });
}

/** A fault for each of `names` that is no service of the catalogue. */
export function unknownServices(
  where: string,
  names: readonly string[],
  { services, file }: Catalogue,
): readonly Fault[] {
  const known = Object.keys(services);
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = suggest(name, known);
      const hint = near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`;
      return { where, problem: `"${name}" is no service of ${file}`, hint };
    });
}

async function readText(root: string, file: string): Promise<string> {
  try {
    return await readFile(resolve(root, file), "utf8");
  } catch (cause) {
    throw new UserError(`the catalogue ${file} cannot be read in ${root}`, {
      hint: "ed8k:catalogue names the file, relative to the project",
      exit: "usage",
      cause,
    });
  }
}

type Entry = z.output<typeof entry>;

function entryProblems(path: Path, { chart, repository, version }: Entry): readonly Problem[] {
  const at = (key: keyof Entry, text: string, hint?: string): readonly Problem[] => [
    { path: [...path, key], text, ...(hint === undefined ? {} : { hint }) },
  ];
  if (hasCredentials(repository ?? chart)) {
    const key = repository === undefined ? "chart" : "repository";
    return at(key, "the address holds credentials", "take them out; helm registry login keeps them");
  }
  const isFolder = repository === undefined && /^\.\.?\//.test(chart);
  if (isFolder) {
    return version === undefined ? [] : at("version", "is not allowed here: the folder's Chart.yaml tells the version");
  }
  if (repository !== undefined && !/^[A-Za-z0-9._-]+$/.test(chart)) {
    return at("chart", `"${chart}" is no name of a chart in ${repository}`, "write the name alone");
  }
  if (repository === undefined && !/^oci:\/\/[^/]+(\/[^/:@]+)+$/.test(chart)) {
    return at(
      "chart",
      `"${chart}" is no chart; it is ./<folder>, oci://… without a tag, or a name beside a repository`,
    );
  }
  return version === undefined ? at("version", "is missing; a chart from elsewhere needs one, such as 1.2.3") : [];
}

function hasCredentials(address: string): boolean {
  return /^[a-z]+:\/\/[^/]*@/i.test(address);
}

/** Of an entry without problems. */
function toReference({ chart, repository, version = "" }: Entry): ChartReference {
  if (repository !== undefined) return { from: "repository", repository, chart, version };
  return chart.startsWith("oci://") ? { from: "oci", chart, version } : { from: "folder", path: chart };
}

function unknownNames(path: Path, services: readonly string[], known: readonly string[]): readonly Problem[] {
  return services.flatMap((service, index) => {
    if (known.includes(service)) return [];
    const near = suggest(service, known);
    const hint = near === undefined ? "add it to services, or take it out" : `did you mean ${near}?`;
    return [{ path: [...path, index], text: `"${service}" is no service of the catalogue`, hint }];
  });
}
