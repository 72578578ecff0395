import type { ClusterFacts } from "../../cluster/outputs.js";
import type { EnvironmentConfig } from "../../config.js";
import { throwFaults } from "../../errors.js";
import type { RenderedService } from "../render/rendered.js";
import { hardOf } from "../size.js";
import { planTenancy } from "../tenancy/tenancy.js";
import { collisionFaults } from "./collisions.js";
import { quotaUse, surgeNotes, validateQuota } from "./quota.js";
import { validateHosts } from "./routes.js";
import { planService } from "./service.js";
import { summarize } from "./summary.js";
import type { EnvironmentPlan } from "./types.js";

export interface PlanInput {
  readonly config: EnvironmentConfig;
  readonly facts: ClusterFacts;
  /** URL of the backend that keeps the environment's stack. */
  readonly backend: string;
  /** In the order of their dependencies. */
  readonly services: readonly RenderedService[];
}

/**
 * Decides what an environment consists of, from plain data alone: neither clock nor cluster nor engine has a say.
 * @throws UserError that tells what of the charts is refused, and when something collides or does not fit the quota
 */
export function planEnvironment({ config, facts, backend, services: rendered }: PlanInput): EnvironmentPlan {
  const { name: environment, size } = config;
  const walls = wallsOf({ config, facts, backend });
  const plans = rendered.map((service) => planService(service, { environment, facts, walls }));
  const services = plans.map(({ service }) => service);
  const tenancy = planTenancy({ config, facts, backend, summary: summarize(services) });
  throwFaults(`services of ${environment}`, [
    ...plans.flatMap(({ faults }) => faults),
    ...collisionFaults(tenancy, services),
  ]);
  validateHosts(environment, services);
  const objects = services.flatMap((service) => service.objects);
  const used = quotaUse([...tenancy, ...objects]);
  validateQuota(environment, size, used);
  return {
    environment,
    tenancy,
    services,
    secrets: plans.flatMap(({ secrets }) => secrets),
    quota: { size, used, hard: hardOf(size) },
    notes: [...plans.flatMap(({ notes }) => notes), ...surgeNotes({ environment, size, used }, objects)],
  };
}

/** What must be there before any pod starts: all but the Namespace, which everything in it comes after anyway. */
function wallsOf(context: Pick<PlanInput, "config" | "facts" | "backend">): string[] {
  const [, ...walls] = planTenancy({ ...context, summary: summarize([]) });
  return walls.map(({ id }) => id);
}
