import type { EnvironmentConfig } from "../../config.js";
import { findOwnNamespace } from "../../environments/ownership.js";
import type { EnvironmentPlan } from "../../environments/plan/types.js";
import type { LiveObject } from "../../kube/object.js";
import type { Invocation } from "../command.js";
import { changesOf } from "../planning/changes.js";
import { readLiveObjects } from "../planning/live-objects.js";
import { specFrom } from "../spec.js";
import { inStep, type Step } from "../steps.js";
import type { Applied } from "./applied.js";
import { applyPlan, decide, loadEngine, type Apply } from "./apply.js";
import { requireOwnCluster } from "./own-cluster.js";
import { requireRoom } from "./room.js";
import { secretsOf } from "./secrets.js";
import { awaitNamespaceGone } from "./terminating.js";

export interface Create extends Apply {
  readonly name: string;
  readonly options: Invocation["options"];
}

interface Decided {
  readonly config: EnvironmentConfig;
  readonly plan: EnvironmentPlan;
  /** True when the stack may have recorded what is not there any more. */
  readonly refresh: boolean;
}

/**
 * Makes an environment, or brings the one of that name to what the options ask for.
 * @throws UserError before anything is made when that cannot be done
 */
export async function createEnvironment(args: Create): Promise<Applied> {
  const { target, name, out, signal } = args;
  const step = out.step(name);
  return inStep(step, async () => {
    const namespace = await findOwnNamespace(target.client, name, target.backend);
    // Without a namespace there is seldom a stack, and asking for one takes a while.
    const decided =
      namespace === undefined ? await decideNew(args, step) : await decideExisting(args, { namespace, step });
    if (namespace?.metadata.deletionTimestamp !== undefined) {
      await inStep(step.step("wait until the old one is gone"), () =>
        awaitNamespaceGone(target.client, name, { signal }),
      );
    }
    return applyPlan(args, { ...decided, step });
  });
}

async function decideExisting(
  args: Create,
  { namespace, step }: { readonly namespace: LiveObject | undefined; readonly step: Step },
): Promise<Decided> {
  const { target, stacks, name, options, signal } = args;
  const [existing] = await Promise.all([stacks.config(name), loadEngine(stacks)]);
  if (existing !== undefined) requireOwnCluster(name, existing, target);
  const config = specFrom(name, options, existing);
  const plan = await decide(args, { config, step });
  // The stack of a namespace that is there was removed by hand.
  if (existing === undefined) await stacks.create(name, await secretsOf(target.facts, stacks));
  return { config, plan, refresh: await mayBeOutOfDate({ target, plan, namespace, signal }) };
}

/**
 * The engine compares with what it has recorded. What somebody has changed or removed by hand it sees only when it looks,
 * which takes a while; so it looks when the cluster is not as the plan wants it.
 */
async function mayBeOutOfDate({
  target,
  plan,
  namespace,
  signal,
}: Pick<Create, "target" | "signal"> & {
  readonly plan: EnvironmentPlan;
  readonly namespace: LiveObject | undefined;
}): Promise<boolean> {
  if (namespace === undefined || namespace.metadata.deletionTimestamp !== undefined) return true;
  const live = await readLiveObjects(target, plan, signal);
  // A Job that is gone has done its work: Kubernetes removes finished ones when they say so.
  return changesOf(plan, live).some(
    ({ action, kind }) => action === "change" || (action === "create" && kind !== "Job"),
  );
}

/** The stack is made as soon as nothing more can be wrong with what was asked for. */
async function decideNew(args: Create, step: Step): Promise<Decided> {
  const { target, stacks, name, options } = args;
  const config = specFrom(name, options);
  const [plan, secrets] = await Promise.all([
    decide(args, { config, step }),
    secretsOf(target.facts, stacks),
    requireRoom(target, config),
  ]);
  const [isNew] = await Promise.all([stacks.create(name, secrets), loadEngine(stacks)]);
  // There is one all the same: made by hand, by a run that was killed, or its namespace was removed. It may have a spec.
  return isNew ? { config, plan, refresh: false } : decideExisting(args, { namespace: undefined, step });
}
