import { throwFaults, UserError, type Fault } from "../../errors.js";
import { unknownServices, type Catalogue } from "../catalogue.js";
import type { LoadService } from "../fetch/fetch-chart.js";
import type { Graph } from "./graph.js";
import type { ResolvedService } from "../resolved.js";

export interface Loading {
  readonly catalogue: Catalogue;
  readonly load: LoadService;
  readonly versions: Readonly<Record<string, string>>;
}

/** Loads services and all that they need, those of one distance at the same time. */
export async function loadClosure(names: readonly string[], loading: Loading): Promise<readonly ResolvedService[]> {
  const found = new Map<string, ResolvedService>();
  for (let next = [...new Set(names)]; next.length > 0;) {
    const loaded = await all(next.map((name) => loading.load(name, loading.versions[name])));
    throwFaults(
      "services",
      loaded.flatMap((service) => dependencyFaults(service, loading.catalogue)),
    );
    for (const service of loaded) found.set(service.name, service);
    next = [...new Set(loaded.flatMap(({ definition }) => definition.dependsOn))].filter((name) => !found.has(name));
  }
  return [...found.values()];
}

function dependencyFaults({ name, definition }: ResolvedService, catalogue: Catalogue): readonly Fault[] {
  return unknownServices(`dependsOn of ${name}`, definition.dependsOn, catalogue);
}

/** What each service needs directly. */
export function graphOf(services: readonly ResolvedService[]): Graph {
  return Object.fromEntries(services.map(({ name, definition }) => [name, definition.dependsOn]));
}

/** Waits for all and tells all that went wrong. */
async function all<T>(promises: readonly Promise<T>[]): Promise<readonly T[]> {
  const settled = await Promise.allSettled(promises);
  const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as Error] : []));
  const told = errors.filter((error) => error instanceof UserError);
  const single = errors.length === 1 ? errors[0] : errors.find((error) => !(error instanceof UserError));
  if (single !== undefined) throw single;
  if (told.length === 0) return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const lines = told.map(({ message, hint }) => `  - ${message}${hint === undefined ? "" : ` (${hint})`}`);
  throw new UserError(`${told.length} services cannot be loaded:\n${lines.join("\n")}`, {
    exit: told[0]?.exit ?? "failed",
  });
}
