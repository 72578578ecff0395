import { clusterOf } from "../cli/common-options.js";
import { UserError } from "../../errors.js";
import type { Command } from "../command.js";
import type { Finding } from "../doctor/check.js";
import { columns } from "../format/table.js";

/** `ed8kctl doctor` */
export const doctor: Command = {
  name: "doctor",
  summary: "Check tools, backend, cluster and rights, and tell what to do; changes nothing",
  group: "inspect",
  args: [],
  options: [],
  examples: ["ed8kctl doctor  # exit code 1 when something is wrong"],
  async run({ options, out, signal }) {
    const { runChecks } = await import("../doctor/check.js");
    const { checks } = await import("../doctor/checks.js");
    const { openStacks } = await import("../engine/automation.js");
    const findings = await runChecks(checks({ ...clusterOf(options), openStacks, signal }), signal);
    out.result({ checks: findings }, findingsText(findings));
    const failed = findings.filter(({ state }) => state === "failed");
    if (failed.length === 0) return;
    throw new UserError(
      `${failed.length} of ${findings.length} checks failed: ${failed.map(({ name }) => name).join(", ")}`,
      {
        hint: "the lines above tell what to do; the first is the one to begin with",
      },
    );
  },
};

const MARKS = { ok: "✓", warned: "!", failed: "✗", skipped: "-" } as const;

/** The findings for people; what to do stands below what is wrong. */
export function findingsText(findings: readonly Finding[]): string {
  const lines = columns(findings.map(({ name, state, text }) => [MARKS[state], name, text]));
  return findings
    .flatMap(({ hint }, index) => [lines[index] ?? "", ...(hint === undefined ? [] : [`    → ${hint}`])])
    .join("\n");
}
