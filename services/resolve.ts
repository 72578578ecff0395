import { throwFaults, UserError, type Fault } from "../errors.js";
import { claimFaults } from "./resolution/claim-faults.js";
import { profileServices, unknownServices, VERSION, type Catalogue } from "./catalogue.js";
import type { LoadService } from "./fetch/fetch-chart.js";
import { closure, findCycle, topologicalOrder, type Graph } from "./resolution/graph.js";
import { graphOf, loadClosure } from "./resolution/load-closure.js";
import type { ResolvedService } from "./resolved.js";
import type { Selection } from "./selection.js";

/** What of an environment's config decides which services run, and in which version. */
export interface VersionedSelection extends Selection {
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * The services of an environment: the profile's and the core, those that were started, without those that were
 * stopped, and all that they need; each after what it needs, otherwise by name.
 * @throws UserError that tells all faults: unknown names, what cannot be stopped, cycles, charts that cannot be had
 */
export async function resolveServices(
  selection: VersionedSelection,
  catalogue: Catalogue,
  load: LoadService,
): Promise<readonly ResolvedService[]> {
  const chosen = chooseServices(selection, catalogue);
  const services = await loadClosure(chosen, { catalogue, load, versions: selection.versions });
  const graph = graphOf(services);
  throwFaults("services", stoppedFaults(selection.stop, graph));
  const order = topologicalOrder(graph);
  if (order === undefined) throw cycleError(findCycle(graph) ?? []);
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered = order.flatMap((name) => byName.get(name) ?? []);
  throwFaults("services", claimFaults(ordered));
  return ordered;
}

/** Names that are chosen by the config alone, before what they need. */
function chooseServices(selection: VersionedSelection, catalogue: Catalogue): readonly string[] {
  const profile = profileServices(catalogue, selection.profile);
  const { start, stop, versions } = selection;
  throwFaults("services", [
    ...unknownServices("ed8k:start", start, catalogue),
    ...unknownServices("ed8k:stop", stop, catalogue),
    ...unknownServices("ed8k:versions", Object.keys(versions), catalogue),
    ...Object.entries(versions).flatMap(versionFaults),
    ...stop.filter((name) => catalogue.core.includes(name)).map(coreFault),
    ...stop.filter((name) => start.includes(name)).map(bothFault),
  ]);
  return [...catalogue.core, ...profile, ...start].filter((name) => !stop.includes(name));
}

function versionFaults([name, version]: readonly [string, string]): readonly Fault[] {
  if (VERSION.test(version)) return [];
  return [{ where: `ed8k:versions.${name}`, problem: `"${version}" is no exact version, such as 1.2.3` }];
}

function coreFault(name: string): Fault {
  return {
    where: "ed8k:stop",
    problem: `${name} cannot be stopped: every environment has it`,
    hint: "leave it running",
  };
}

function bothFault(name: string): Fault {
  return { where: name, problem: "is in ed8k:start and in ed8k:stop", hint: "take it out of one of them" };
}

function stoppedFaults(stop: readonly string[], graph: Graph): readonly Fault[] {
  return stop.flatMap((name) => {
    const running = Object.keys(graph).filter((other) => !stop.includes(other));
    const users = running.filter((other) => closure(graph, [other]).includes(name)).toSorted();
    if (users.length === 0) return [];
    const problem = `${name} cannot be stopped: ${users.join(", ")} need${users.length === 1 ? "s" : ""} it`;
    return [{ where: "ed8k:stop", problem, hint: `stop ${users.join(", ")} too, or leave ${name} running` }];
  });
}

function cycleError(cycle: readonly string[]): UserError {
  return new UserError(`services need each other in a circle: ${cycle.join(" → ")}`, {
    hint: "take one of these out of dependsOn in its ed8k.yaml",
    exit: "usage",
  });
}
