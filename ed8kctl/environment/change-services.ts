import { type EnvironmentConfig, parseConfig } from "../../config.js";
import { findOwnNamespace } from "../../environments/ownership.js";
import { UserError } from "../../errors.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import type { Changed } from "../../services/change-selection.js";
import type { VersionedSelection } from "../../services/resolve.js";
import { openSources, type Sources } from "../../services/sources.js";
import { clusterOf } from "../cli/common-options.js";
import type { Invocation } from "../command.js";
import { openStacks } from "../engine/automation.js";
import { UNUSED } from "../engine/stacks.js";
import { listEnvironments, requireEnvironment } from "../live/list.js";
import { inStep } from "../steps.js";
import { withTarget } from "../target.js";
import { appliedText } from "./applied.js";
import { applyPlan, decide, loadEngine } from "./apply.js";
import { requireOwnCluster } from "./own-cluster.js";

/** How a selection of services becomes another one. */
export type ChangeSelection = (
  selection: VersionedSelection,
  names: readonly string[],
  sources: Sources,
) => Promise<Changed>;

/** What `start` and `stop` do: change the selection in the environment's spec, then apply the spec. */
export async function changeServices(
  { args, options, out, signal }: Invocation,
  change: ChangeSelection,
): Promise<void> {
  const [name = "", ...services] = args;
  await withTarget(clusterOf(options), async (target) => {
    const stacks = openStacks();
    const [existing, , namespace] = await Promise.all([
      stacks.config(name),
      loadEngine(stacks),
      findOwnNamespace(target.client, name, target.backend),
    ]);
    if (namespace?.metadata.deletionTimestamp !== undefined) throw beingRemoved(name);
    if (existing !== undefined) requireOwnCluster(name, existing, target);
    const before = existing === undefined || existing === UNUSED ? undefined : parseConfig(name, existing);
    if (before?.kind !== "environment") {
      requireEnvironment(name, (await listEnvironments(target, { signal })).environments);
      throw stackless(name);
    }
    const work = { report: (line: string) => out.progress(line), signal };
    const { selection } = await change(before, services, await openSources(checkoutRoot(), before.catalogue, work));
    const config: EnvironmentConfig = { ...before, ...selection };
    const apply = { target, stacks, out, signal };
    const step = out.step(name);
    const applied = await inStep(step, async () => {
      const plan = await decide(apply, { config, step });
      return applyPlan(apply, { config, plan, step });
    });
    out.result(applied, appliedText(applied));
  });
}

function beingRemoved(name: string): UserError {
  return new UserError(`the environment ${name} is being removed`, {
    hint: `ed8kctl create ${name} waits until it is gone and makes it anew`,
  });
}

function stackless(name: string): UserError {
  return new UserError(`${name} has no stack any more, in which its services are written down`, {
    exit: "notFound",
    hint: `ed8kctl create ${name} makes it anew, with the services that its options name`,
  });
}
