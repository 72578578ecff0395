import { throwFaults } from "../errors.js";
import { unknownServices } from "./catalogue.js";
import { loadClosure } from "./resolution/load-closure.js";
import { resolveServices, type VersionedSelection } from "./resolve.js";
import type { ResolvedService } from "./resolved.js";
import { withStarted, withStopped, type Selection } from "./selection.js";
import type { Sources } from "./sources.js";

/** A selection, and the services that run with it. */
export interface Changed {
  readonly selection: Selection;
  readonly services: readonly ResolvedService[];
}

/**
 * Starts services with all that they need, even where that was stopped before.
 * @throws UserError as `resolveServices` does
 */
export async function startServices(
  selection: VersionedSelection,
  names: readonly string[],
  { catalogue, load }: Sources,
): Promise<Changed> {
  throwFaults("services", unknownServices("start", names, catalogue));
  const { versions } = selection;
  const needs = (await loadClosure(names, { catalogue, load, versions })).map(({ name }) => name);
  const changed = withStarted(selection, names, { catalogue, needs });
  return { selection: changed, services: await resolveServices({ ...changed, versions }, catalogue, load) };
}

/**
 * Stops services. What they need goes on running when the profile has it or it was started by name.
 * @throws UserError as `resolveServices` does, and when another service needs one of them
 */
export async function stopServices(
  selection: VersionedSelection,
  names: readonly string[],
  { catalogue, load }: Sources,
): Promise<Changed> {
  throwFaults("services", unknownServices("stop", names, catalogue));
  const changed = withStopped(selection, names, catalogue);
  // One that runs only because another needs it is in no list: stopping it would change nothing, so it is refused.
  const stop = [...new Set([...changed.stop, ...names])];
  const services = await resolveServices({ ...changed, stop, versions: selection.versions }, catalogue, load);
  return { selection: changed, services };
}
