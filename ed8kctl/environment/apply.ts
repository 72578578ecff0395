import { toStackConfig, type EnvironmentConfig } from "../../config.js";
import { decideEnvironment } from "../../environments/decide.js";
import { findOwnNamespace } from "../../environments/ownership.js";
import type { EnvironmentPlan } from "../../environments/plan/types.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import type { ChangeSummary, Stacks } from "../engine/stacks.js";
import type { Output } from "../output.js";
import { inStep, type Step } from "../steps.js";
import type { Target } from "../target.js";
import { appliedOf, type Applied } from "./applied.js";
import { resourceSteps } from "./resource-steps.js";
import { awaitNamespaceGone } from "./terminating.js";

export interface Apply {
  readonly target: Target;
  readonly stacks: Stacks;
  readonly config: EnvironmentConfig;
  /** When the caller had to decide already. */
  readonly plan?: EnvironmentPlan;
  readonly out: Output;
  readonly signal: AbortSignal;
}

/**
 * Brings an environment to what its spec says: decides, then registers exactly that.
 * @throws UserError before anything is made when the spec cannot be fulfilled
 */
export async function applyEnvironment(args: Apply): Promise<Applied> {
  const { target, config, out } = args;
  const step = out.step(config.name);
  return inStep(step, async () => {
    const [plan] = await Promise.all([args.plan ?? decide(args, step), clearName(args, step)]);
    const { length } = plan.notes;
    if (length > 0) out.progress(`${length} ${length === 1 ? "thing" : "things"} to know: ed8kctl plan ${config.name}`);
    const { environmentProgram } = await import("../../environments/program.js");
    const program = (): Promise<Record<string, unknown>> => Promise.resolve(environmentProgram(plan, target.facts));
    const changes = await applyPlan(args, { plan, step, program });
    return appliedOf(plan, changes);
  });
}

function decide({ config, target, signal }: Apply, step: Step): Promise<EnvironmentPlan> {
  const { facts, backend } = target;
  return inStep(step.step("plan"), () => decideEnvironment(config, { root: checkoutRoot(), facts, backend, signal }));
}

/** The name is free or ours; an old environment of the name has first to be gone. */
async function clearName({ target, config, signal }: Apply, step: Step): Promise<void> {
  const namespace = await findOwnNamespace(target.client, config.name, target.backend);
  if (namespace?.metadata.deletionTimestamp === undefined) return;
  await inStep(step.step("wait until the old one is gone"), () =>
    awaitNamespaceGone(target.client, config.name, { signal }),
  );
}

interface Engine {
  readonly plan: EnvironmentPlan;
  readonly step: Step;
  readonly program: () => Promise<Record<string, unknown>>;
}

function applyPlan({ stacks, config, out, signal }: Apply, { plan, step, program }: Engine): Promise<ChangeSummary> {
  return stacks.up(config.name, {
    config: toStackConfig(config),
    program,
    signal,
    onStep: resourceSteps(step, plan),
    onDiagnostic: (severity, text) => (severity === "info" ? out.progress(text) : out.warn(text)),
  });
}
