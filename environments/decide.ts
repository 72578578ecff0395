import type { ClusterFacts } from "../cluster/outputs.js";
import type { EnvironmentConfig } from "../config.js";
import { throwFaults, type Fault } from "../errors.js";
import type { Catalogue } from "../services/catalogue.js";
import { resolveServices } from "../services/resolve.js";
import { openSources } from "../services/sources.js";
import type { Work } from "../sandbox/tools/cache.js";
import { suggest } from "../suggest.js";
import { planEnvironment } from "./plan/plan.js";
import type { EnvironmentPlan } from "./plan/types.js";
import { Rendering } from "./render/render.js";

export interface DecideOptions {
  /** Folder of the project, to which the catalogue's path is relative. */
  readonly root: string;
  readonly facts: ClusterFacts;
  /** URL of the backend that keeps the environment's stack. */
  readonly backend: string;
  /** Hears of what takes long, such as pulling a chart. @default silence */
  readonly report?: Work["report"];
  readonly signal?: AbortSignal;
}

/**
 * Decides what an environment consists of: chooses its services, renders their charts and plans the whole. Reads files
 * and runs helm, changes nothing; needs neither a cluster nor the engine.
 * @throws UserError that tells what is wrong with the services, their charts or their size
 */
export async function decideEnvironment(config: EnvironmentConfig, options: DecideOptions): Promise<EnvironmentPlan> {
  const { root, facts, backend, report = () => undefined, signal } = options;
  const aborted = signal === undefined ? {} : { signal };
  const { catalogue, load } = await openSources(root, config.catalogue, { report, ...aborted });
  throwFaults("services", valuesFaults(config, catalogue));
  const rendering = new Rendering({
    environment: config.name,
    kubernetesVersion: facts.kubernetesVersion,
    values: config.values,
    ...aborted,
  });
  try {
    const services = await resolveServices(config, catalogue, async (name, version) => {
      const service = await load(name, version);
      rendering.add(service);
      return service;
    });
    const rendered = await rendering.results(services);
    return planEnvironment({ config, facts, backend, services: rendered });
  } finally {
    rendering.stop();
  }
}

/** Values of a service that is stopped are kept for later; those of none are a slip of the pen. */
function valuesFaults({ values }: EnvironmentConfig, { services, file }: Catalogue): Fault[] {
  const known = Object.keys(services);
  return Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = suggest(name, known);
      const hint = near === undefined ? `there are ${known.join(", ")}` : `did you mean ${near}?`;
      return { where: "ed8k:values", problem: `"${name}" is no service of ${file}`, hint };
    });
}
