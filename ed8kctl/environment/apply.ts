import { toStackConfig, type EnvironmentConfig } from "../../config.js";
import { decideEnvironment } from "../../environments/decide.js";
import type { EnvironmentPlan } from "../../environments/plan/types.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import { diagnosticsTo } from "../engine/diagnostics.js";
import type { ChangeSummary, Stacks } from "../engine/stacks.js";
import type { Output } from "../output.js";
import { inStep, type Step } from "../steps.js";
import type { Target } from "../target.js";
import { appliedOf, type Applied } from "./applied.js";
import { withFreshRights } from "./fresh-rights.js";
import { resourceSteps } from "./resource-steps.js";

/** Where an environment is changed, and who is told. */
export interface Apply {
  readonly target: Target;
  readonly stacks: Stacks;
  readonly out: Output;
  readonly signal: AbortSignal;
}

/** Decides what an environment of this spec consists of; nothing is made. */
export function decide(
  { target, signal, out }: Apply,
  { config, step }: { readonly config: EnvironmentConfig; readonly step: Step },
): Promise<EnvironmentPlan> {
  const { facts, backend } = target;
  const report = (line: string): void => out.progress(line);
  return inStep(step.step("plan"), () =>
    decideEnvironment(config, { root: checkoutRoot(), facts, backend, report, signal }),
  );
}

/** Loads what `applyPlan` needs; takes a third of a second, best spent while something else is waited for. */
export async function loadEngine(stacks: Stacks): Promise<void> {
  await Promise.all([stacks.prepare(), loadProgram()]);
}

/** What is applied, and below which step it is shown. */
export interface Application {
  readonly config: EnvironmentConfig;
  readonly plan: EnvironmentPlan;
  readonly step: Step;
  /** As in `UpOptions`. @default false */
  readonly refresh?: boolean;
}

/** Brings an environment to exactly what the plan says. */
export async function applyPlan(
  { target, stacks, out, signal }: Apply,
  { config, plan, step, refresh = false }: Application,
): Promise<Applied> {
  const { length } = plan.notes;
  if (length > 0) out.progress(`${length} ${length === 1 ? "thing" : "things"} to know: ed8kctl plan ${config.name}`);
  const { environmentProgram } = await loadProgram();
  const up = (): Promise<ChangeSummary> =>
    stacks.up(config.name, {
      config: toStackConfig(config),
      program: () => Promise.resolve(environmentProgram(plan, target.facts)),
      refresh,
      signal,
      onStep: resourceSteps(step, plan),
      onDiagnostic: diagnosticsTo(out),
    });
  const changes = await withFreshRights(up, {
    environment: config.name,
    signal,
    report: (line) => out.progress(line),
  });
  return appliedOf(plan, changes, target.facts);
}

function loadProgram() {
  return import("../../environments/program.js");
}
