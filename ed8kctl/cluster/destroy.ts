import { CLUSTER_OUTPUT, hasFacts, parseFacts, type ClusterFacts } from "../../cluster/outputs.js";
import { type ClusterConfig, PROJECT } from "../../config.js";
import { UserError } from "../../errors.js";
import { diagnosticsTo } from "../engine/diagnostics.js";
import { type StackConfig, type StackRecord, type Stacks, UNUSED } from "../engine/stacks.js";
import { forgetFacts } from "../known-clusters.js";
import type { Output } from "../output.js";
import { inStep, type Step } from "../steps.js";
import { clusterSteps } from "./cluster-steps.js";
import { dependentStacks, liveDependents, requireNoDependents } from "./dependents.js";
import { explainUnreachable } from "./unreachable.js";
import { type AwsTarget, targetOf, type Whereabouts } from "./whereabouts.js";

export interface ClusterDestroy {
  readonly stack: string;
  readonly stacks: Stacks;
  readonly out: Output;
  readonly signal: AbortSignal;
  /** Nobody is asked. */
  readonly yes: boolean;
  /** Gives the account; refuses where the credentials are those of another one than the cluster's. */
  readonly checkAccount: (target: AwsTarget) => Promise<string>;
  /** What the stack's file in the checkout says; throws `UserError` where there is none. */
  readonly file: () => ClusterConfig;
}

/** What there was of a cluster, and what was done with it. */
export interface ClusterRemoved {
  readonly stack: string;
  /** How many resources the stack had made; 0 where it was gone already. */
  readonly removed: number;
  /** Where on AWS it was. */
  readonly aws: Whereabouts;
}

/**
 * Removes a cluster, when no environment is on it. What an interrupted run has removed is not removed again.
 * @throws UserError, before anything is changed, when the cluster is in use, is not this one, or it is not wanted
 */
export async function destroyCluster(args: ClusterDestroy): Promise<ClusterRemoved> {
  const { stack, stacks, out } = args;
  const [raw, record] = await Promise.all([stacks.config(stack), stacks.record(stack)]);
  if (raw === undefined || record === undefined) {
    return { stack, removed: 0, aws: await whereabouts(args, {}) };
  }
  requireCluster(stack, raw, record);
  await inStep(out.step("is it in use?"), () => requireUnused(args, record));
  const aws = await whereabouts(args, { raw, record });
  if (record.resources > 0) await requireConsent(args, record);
  await removeAll(args, { raw, record });
  forgetFacts(stacks.backend, stack);
  return { stack, removed: record.resources, aws };
}

/** @throws UserError where the stack has made something on AWS, and the credentials are of another account */
async function whereabouts(
  { stack, stacks, out, file, checkAccount }: ClusterDestroy,
  { raw, record }: { readonly raw?: StackConfig; readonly record?: StackRecord },
): Promise<Whereabouts> {
  const output = record === undefined ? undefined : (await stacks.outputs(stack))?.[CLUSTER_OUTPUT];
  const { target, assumed } = targetOf(stack, { raw, output, file });
  if (typeof target === "string") return target;
  try {
    return { account: await checkAccount(target), region: target.region };
  } catch (error) {
    if (!(error instanceof UserError) || !assumed || record?.onAws === true) throw error;
    // Nothing is there that could be removed from the wrong account.
    out.warn(`AWS is not looked at: ${error.message}`);
    return "unknown";
  }
}

/** @throws UserError (usage) for an environment's stack */
function requireCluster(stack: string, raw: StackConfig, record: StackRecord): void {
  const isCluster =
    raw[`${PROJECT}:kind`] === "cluster" || record.isCluster || (raw === UNUSED && record.resources === 0);
  if (isCluster) return;
  throw new UserError(`${stack} is an environment, no cluster`, { exit: "usage", hint: `ed8kctl destroy ${stack}` });
}

async function requireUnused({ stack, stacks, out, signal }: ClusterDestroy, record: StackRecord): Promise<void> {
  const kept = await dependentStacks(stacks, stack);
  const facts = record.objects === 0 ? undefined : await factsOf(stack, stacks);
  // Where nothing of ED8K is in the cluster, or it never said where it is, no environment can be on it.
  if (facts === undefined) return requireNoDependents(stack, kept);
  try {
    const { environments, looked } = await liveDependents(facts, signal);
    if (!looked) out.warn("the API server does not answer: whether environments are in it was not looked at");
    requireNoDependents(stack, [...kept, ...environments]);
  } catch (error) {
    throw explainUnreachable(error, stack, "destroy");
  }
}

async function factsOf(stack: string, stacks: Stacks): Promise<ClusterFacts | undefined> {
  const output = (await stacks.outputs(stack))?.[CLUSTER_OUTPUT];
  return output === undefined || !hasFacts(output) ? undefined : parseFacts(stack, output);
}

async function requireConsent({ stack, out, yes }: ClusterDestroy, { resources }: StackRecord): Promise<void> {
  if (yes) return;
  const what = `the cluster ${stack} with its ${resources} resources: nodes, Kafka with its topics, datasets and images`;
  const written = await out.ask(`This removes ${what}. It cannot be undone. Write ${stack} to go on:`);
  if (written === stack) return;
  throw new UserError(`the cluster ${stack} stays as it is`, { exit: "interrupted" });
}

async function removeAll(
  { stack, stacks, out, signal }: ClusterDestroy,
  { raw, record }: { readonly raw: StackConfig; readonly record: StackRecord },
): Promise<void> {
  const root = out.step(`destroy the cluster ${stack}`);
  await inStep(root, async () => {
    if (record.resources > 0) {
      await inStep(root.step("lift the protection of data"), () => stacks.unprotect(stack));
      await removeResources({ stack, stacks, out, signal }, raw, root);
    }
    // Last, so that a run which is killed before finds it and goes on.
    await inStep(root.step("stack"), () => stacks.remove(stack));
  });
}

async function removeResources(
  { stack, stacks, out, signal }: Pick<ClusterDestroy, "stack" | "stacks" | "out" | "signal">,
  config: StackConfig,
  root: Step,
): Promise<void> {
  const { onStep, finish } = clusterSteps(root);
  try {
    await stacks.destroy(stack, { config, kind: "cluster", signal, onStep, onDiagnostic: diagnosticsTo(out) });
    finish();
  } catch (error) {
    throw explainUnreachable(error, stack, "destroy");
  }
}
