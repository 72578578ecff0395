import { clusterOf } from "../cli/common-options.js";
import { UserError } from "../../errors.js";
import type { Command } from "../command.js";
import { columns } from "../format/table.js";
import type { Finding } from "../isolation/prove.js";

/** `ed8kctl prove-isolation A B` */
export const proveIsolation: Command = {
  name: "prove-isolation",
  summary: "Try to cross from one environment into another at every boundary; each attempt must be refused",
  group: "inspect",
  args: [
    { spec: "<from>", summary: "The environment whose owner and pods try", names: "environment" },
    { spec: "<to>", summary: "The environment that they try to reach", names: "environment" },
  ],
  options: [],
  examples: ["ed8kctl prove-isolation alice bob  # every attempt is a dry run: nothing is changed"],
  async run({ args: [from = "", to = ""], options, out, signal }) {
    const { withTarget } = await import("../target.js");
    const { readNeighbours } = await import("../isolation/neighbours.js");
    const { actorsOf, proveIsolation: prove } = await import("../isolation/prove.js");
    const { networkReport } = await import("../isolation/network-report.js");
    const { findings, remarks } = await withTarget(clusterOf(options), async (target) => {
      const neighbours = await readNeighbours(target, { from, to, signal });
      const actors = actorsOf(neighbours, target.client);
      const findings = await prove(neighbours, actors, signal);
      const network = await networkReport(target.client, [from, to], signal);
      return { findings: [...findings, ...network.findings], remarks: network.remarks };
    });
    out.result({ from, to, findings, remarks }, findingsText(findings, remarks));
    const crossed = findings.filter(({ outcome }) => outcome !== "refused");
    if (crossed.length === 0) return;
    throw new UserError(
      `${from} is not isolated from ${to}: ${crossed.length} of ${findings.length} attempts were not refused`,
      {
        hint: "apply the cluster stack again (pulumi up), and tell the platform team",
      },
    );
  },
};

/** The table for people. */
export function findingsText(findings: readonly Finding[], remarks: readonly string[]): string {
  const rows = findings.map((finding) => [
    finding.outcome === "refused" ? "✓" : "✗",
    finding.boundary,
    `${finding.actor}: ${finding.text}`,
    finding.outcome === "refused" ? finding.by : `${finding.outcome.toUpperCase()}: ${finding.said}`,
  ]);
  const refused = findings.filter(({ outcome }) => outcome === "refused").length;
  return [
    ...columns([["", "BOUNDARY", "ATTEMPT", "REFUSED BY"], ...rows]),
    "",
    ...remarks,
    `${refused} of ${findings.length} attempts were refused`,
  ].join("\n");
}
