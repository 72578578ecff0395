import { limited } from "../../time-limit.js";
import { findOwnNamespace } from "../../environments/ownership.js";
import { isConflict, isNotFound } from "../../kube/errors.js";
import type { LiveObject } from "../../kube/object.js";
import { diagnosticsTo } from "../engine/diagnostics.js";
import type { StackConfig, Stacks } from "../engine/stacks.js";
import type { Output } from "../output.js";
import { inStep, type Step } from "../steps.js";
import type { Target } from "../target.js";
import { requireOwnCluster, requireOwnContext } from "./own-cluster.js";
import { takeReceipt, type Receipt } from "./receipt.js";
import { resourceSteps } from "./resource-steps.js";
import { awaitNamespaceGone, NamespaceHeldError } from "./terminating.js";
import { removeTopics } from "./topics.js";

export interface Remove {
  readonly target: Target;
  readonly stacks: Stacks;
  readonly environment: string;
  readonly out: Output;
  readonly signal: AbortSignal;
  /** How long the namespace may take to go, in milliseconds. */
  readonly timeoutMs: number;
}

/** What of an environment is there. */
export interface Found {
  /** Absent where there is none, or none of ours. */
  readonly namespace: LiveObject | undefined;
  /** Absent where there is no stack. */
  readonly config: StackConfig | undefined;
}

/** @throws UserError when the namespace of that name is somebody else's, or the stack is that of a cluster or on another */
export async function findEnvironment({ target, stacks, environment }: Remove): Promise<Found> {
  const [namespace, config, record] = await Promise.all([
    findOwnNamespace(target.client, environment, target.backend),
    stacks.config(environment),
    stacks.record(environment),
  ]);
  if (config !== undefined) requireOwnCluster(environment, config, target);
  if (record !== undefined) requireOwnContext(environment, record, target);
  return { namespace, config };
}

/**
 * Removes all of an environment, whatever state it is in, and takes the receipt: what an earlier, killed run has done
 * is not done again. Where something holds the namespace, the receipt tells it, and the stack stays for the next run.
 */
export async function removeEnvironment(args: Remove, found: Found): Promise<Receipt> {
  const { target, stacks, environment, out } = args;
  const root = out.step(`destroy ${environment}`);
  let topicsRemoved = true;
  try {
    await inStep(root, () => removeAll(args, found, root));
  } catch (error) {
    if (!(error instanceof NamespaceHeldError)) throw error;
    // What is still in the namespace could make them anew, so they come after it.
    topicsRemoved = false;
  }
  return takeReceipt({ client: target.client, stacks, environment, topicsRemoved });
}

async function removeAll(args: Remove, found: Found, root: Step): Promise<void> {
  const { target, stacks, environment, signal } = args;
  const since = Date.now();
  const { namespace, config } = found;
  if (config !== undefined) await removeResources(args, { root, config });
  if (namespace !== undefined) await removeNamespace(args, { root, since, uid: namespace.metadata.uid });
  // Whatever was found: neither a namespace nor a stack tells of topics that a service had which was stopped since.
  const { kafkaBootstrap: bootstrap, images } = target.facts;
  await inStep(root.step("topics"), () => removeTopics(target.client, environment, { bootstrap, images, signal }));
  // Last, so that a run which is killed before finds it and begins again.
  if (config !== undefined) await inStep(root.step("stack"), () => stacks.remove(environment));
}

/** The engine's wait is cut short when the namespace takes too long; what holds it is told by the next step. */
async function removeResources(
  { stacks, environment, out, ...args }: Remove,
  { root, config }: { readonly root: Step; readonly config: StackConfig },
): Promise<void> {
  const signal = limited(args.signal, args.timeoutMs);
  try {
    await stacks.destroy(environment, {
      config,
      signal,
      onStep: resourceSteps(root),
      onDiagnostic: diagnosticsTo(out),
    });
  } catch (error) {
    if (args.signal.aborted || !signal.aborted) throw error;
  }
}

/**
 * The engine does not know of a namespace that was made in the moment in which a run was killed. Only the one that was
 * found is removed: somebody may make the environment anew while this runs.
 */
async function removeNamespace(
  { target, environment, signal, timeoutMs }: Remove,
  { root, since, uid }: { readonly root: Step; readonly since: number; readonly uid: string },
): Promise<void> {
  const ref = { apiVersion: "v1", kind: "Namespace", name: environment };
  if ((await target.client.find(ref))?.metadata.uid !== uid) return;
  await inStep(root.step("namespace"), async () => {
    try {
      await target.client.delete(ref, { preconditions: { uid } });
    } catch (error) {
      if (isNotFound(error) || isConflict(error)) return;
      throw error;
    }
    await awaitNamespaceGone(target.client, environment, { signal, timeoutMs, since });
  });
}
