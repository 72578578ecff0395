import { findOwnNamespace } from "../../environments/ownership.js";
import { UserError } from "../../errors.js";
import type { LiveObject } from "../../kube/object.js";
import { ANNOTATIONS } from "../../naming.js";
import type { Stacks } from "../engine/stacks.js";
import type { Output } from "../output.js";
import { inStep, type Step } from "../steps.js";
import type { Target } from "../target.js";
import { takeReceipt, type Receipt } from "./receipt.js";
import { resourceSteps } from "./resource-steps.js";
import { awaitNamespaceGone } from "./terminating.js";
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
  readonly hasStack: boolean;
}

/** @throws UserError when the namespace of that name is somebody else's, or the stack is that of a cluster */
export async function findEnvironment({ target, stacks, environment }: Remove): Promise<Found> {
  const [namespace, config] = await Promise.all([
    findOwnNamespace(target.client, environment, target.backend),
    stacks.config(environment),
  ]);
  if (config?.["ed8k:kind"] === "cluster") {
    throw new UserError(`${environment} is a cluster stack, no environment`, { exit: "usage" });
  }
  return { namespace, hasStack: config !== undefined };
}

/**
 * Removes all of an environment, whatever state it is in, and takes the receipt: what an earlier, killed run has done
 * is not done again.
 */
export async function removeEnvironment(args: Remove, found: Found): Promise<Receipt> {
  const { target, stacks, environment, out } = args;
  const root = out.step(`destroy ${environment}`);
  return inStep(root, async () => {
    if (found.hasStack) await removeResources(args, root);
    await removeNamespace(args, root);
    if (mayHaveTopics(found)) {
      const { kafkaBootstrap: bootstrap } = target.facts;
      await inStep(root.step("topics"), () =>
        removeTopics(target.client, environment, { bootstrap, signal: args.signal }),
      );
    }
    // Last, so that a run which is killed before finds it and begins again.
    if (found.hasStack) await inStep(root.step("stack"), () => stacks.remove(environment));
    return inStep(root.step("receipt"), () => takeReceipt({ client: target.client, stacks, environment }));
  });
}

/** The engine's wait is cut short when the namespace takes too long; what holds it is told by the next step. */
async function removeResources({ stacks, environment, out, ...args }: Remove, root: Step): Promise<void> {
  const signal = AbortSignal.any([args.signal, AbortSignal.timeout(args.timeoutMs)]);
  try {
    await stacks.destroy(environment, {
      signal,
      onStep: resourceSteps(root),
      onDiagnostic: (severity, text) => (severity === "info" ? out.progress(text) : out.warn(text)),
    });
  } catch (error) {
    if (args.signal.aborted || !signal.aborted) throw error;
  }
}

/** The engine does not know of a namespace that was made in the moment in which a run was killed. */
async function removeNamespace({ target, environment, signal, timeoutMs }: Remove, root: Step): Promise<void> {
  const namespace = await findOwnNamespace(target.client, environment, target.backend);
  if (namespace === undefined) return;
  await inStep(root.step("namespace"), async () => {
    const { uid } = namespace.metadata;
    const ref = { apiVersion: "v1", kind: "Namespace", name: environment };
    await target.client.delete(ref, { preconditions: { uid } });
    await awaitNamespaceGone(target.client, environment, { signal, timeoutMs });
  });
}

/** The summary on the namespace tells the claims; where only a stack is left, topics may be left all the same. */
function mayHaveTopics({ namespace, hasStack }: Found): boolean {
  if (namespace === undefined && !hasStack) return false;
  const summary = namespace?.metadata.annotations?.[ANNOTATIONS.summary];
  return summary === undefined || summary.includes('"kafka-topic"');
}
