import type { ClusterFacts } from "../../cluster/outputs.js";
import type { EnvironmentConfig } from "../../config.js";
import { decideEnvironment } from "../../environments/decide.js";
import type { EnvironmentPlan } from "../../environments/plan/types.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import { clusterOf } from "../cli/common-options.js";
import type { Invocation } from "../command.js";
import { backendUrl } from "../engine/backend.js";
import type { Stacks } from "../engine/stacks.js";
import { requireOwnCluster } from "../environment/own-cluster.js";
import { specFrom } from "../spec.js";
import { type Target, withTarget } from "../target.js";
import { askUser } from "../user.js";
import { offlineFacts } from "./offline-facts.js";

/** A plan, and what it was made from. */
export interface Decided {
  readonly config: EnvironmentConfig;
  readonly plan: EnvironmentPlan;
  readonly facts: ClusterFacts;
  /** True when the environment has a stack already; `undefined` when nobody was asked (`--offline`). */
  readonly exists: boolean | undefined;
  /** Absent with `--offline`. */
  readonly online?: { readonly target: Target; readonly stacks: Stacks };
}

/**
 * Plans an environment from its stack's config and the options. With `--offline` neither the engine nor the cluster is
 * asked: the options alone say what is planned.
 */
export async function withPlan<T>(
  name: string,
  { options, signal }: Pick<Invocation, "options" | "signal">,
  work: (decided: Decided) => Promise<T>,
): Promise<T> {
  const root = checkoutRoot();
  if (options["offline"] === true) {
    const facts = offlineFacts(clusterOf(options).cluster, root);
    const config = specFrom(name, options);
    const plan = await decideEnvironment(config, { root, facts, backend: backendUrl(), signal });
    return work({ config, plan, facts, exists: undefined });
  }
  return withTarget(clusterOf(options), async (target) => {
    const { openStacks } = await import("../engine/automation.js");
    const stacks = openStacks();
    const existing = await stacks.config(name);
    if (existing !== undefined) requireOwnCluster(name, existing, target);
    const config = specFrom(name, { ...options, asker: await askUser(target.client, { signal }) }, existing);
    const { facts, backend } = target;
    const plan = await decideEnvironment(config, { root, facts, backend, signal });
    return work({ config, plan, facts, exists: existing !== undefined, online: { target, stacks } });
  });
}
