import { changedResources, changeLines, type ResourceChange } from "../engine/changed-resources.js";
import { diagnosticsTo } from "../engine/diagnostics.js";
import type { Command } from "../command.js";
import type { ChangeSummary, StepEvent } from "../engine/stacks.js";
import { SPEC_OPTIONS } from "../spec-options.js";

/** `ed8kctl diff NAME` */
export const diff: Command = {
  name: "diff",
  summary: "Tell, by the engine's own preview, which properties of which resources create would change",
  group: "inspect",
  args: [{ spec: "<name>", summary: "The environment", names: "environment" }],
  options: [...SPEC_OPTIONS],
  examples: ["ed8kctl diff alice  # after a change of a chart", "ed8kctl diff alice --size l"],
  async run({ args: [name = ""], options, out, signal }) {
    const { withPlan } = await import("../planning/with-plan.js");
    const { toStackConfig } = await import("../../config.js");
    const { environmentProgram } = await import("../../environments/program.js");
    await withPlan(name, { options, signal }, async ({ config, plan, facts, online }) => {
      const steps: StepEvent[] = [];
      const summary = await online?.stacks.preview(name, {
        config: toStackConfig(config),
        program: () => Promise.resolve(environmentProgram(plan, facts)),
        signal,
        onStep: (step) => steps.push(step),
        onDiagnostic: diagnosticsTo(out),
      });
      const changes = changedResources(steps);
      out.result({ environment: name, changes, summary: summary ?? {} }, diffText(name, changes, summary ?? {}));
    });
  },
};

/** The changes for people. */
export function diffText(name: string, changes: readonly ResourceChange[], summary: ChangeSummary): string {
  if (changes.length === 0) return `${name} is as its spec says: nothing would change`;
  const lines = changes.flatMap(changeLines);
  const counts = Object.entries(summary)
    .filter(([, count]) => count > 0)
    .map(([operation, count]) => `${count} ${operation}`);
  return [...lines, "", `${counts.join(", ")}; next: ed8kctl create ${name} with the same options applies it`].join(
    "\n",
  );
}
