import { relative, resolve } from "node:path";
import { UserError } from "../../../errors.js";
import type { LintReport } from "../../../services/lint/lint.js";
import type { Command } from "../../command.js";

/** `ed8kctl service lint` */
export const serviceLint: Command = {
  name: "service lint",
  summary: "Check charts and their ed8k.yaml by the chart standard and by what environments refuse",
  group: "platform",
  args: [
    { spec: "[path...]", summary: "Folders of charts, or catalogues for all charts in their folders; . unless given" },
  ],
  options: [],
  examples: [
    "ed8kctl service lint  # in the chart's folder; exit code 1 when something must be mended",
    "ed8kctl service lint services/catalogue.yaml  # every chart that lies in a folder",
  ],
  async run({ args, out, signal }) {
    const { lintChart } = await import("../../../services/lint/lint.js");
    const folders = await chartFolders(args.length === 0 ? ["."] : args);
    const reports: LintReport[] = [];
    for (const folder of folders) {
      out.progress(`checking ${shownPath(folder)}`);
      reports.push(await lintChart(folder, shownPath(folder), { signal }));
    }
    out.result({ charts: reports }, reports.map(reportText).join("\n"));
    const bad = reports.filter(({ faults }) => faults.length > 0);
    if (bad.length > 0) {
      throw new UserError(
        `${bad.length} of ${reports.length} charts must be mended: ${bad.map(({ chart }) => chart).join(", ")}`,
        {
          hint: "docs/services.md explains the rules",
        },
      );
    }
  },
};

/** A chart's report for people. */
export function reportText({ chart, faults, notes }: LintReport): string {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  return [
    `${faults.length === 0 ? "✓" : "✗"} ${chart}: ${faults.length === 0 ? "good" : count}`,
    ...faults.flatMap(({ where, problem, hint }) => [
      `  ${where}: ${problem}`,
      ...(hint === undefined ? [] : [`    ${hint}`]),
    ]),
    ...notes.map(({ rule, text }) => `  note: ${text} [${rule}]`),
  ].join("\n");
}

/** The charts that are meant: a catalogue stands for all of its charts that lie in folders. */
async function chartFolders(paths: readonly string[]): Promise<readonly string[]> {
  const folders = await Promise.all(
    paths.map(async (path) => {
      if (!/\.ya?ml$/.test(path)) return [resolve(path)];
      const { loadCatalogue } = await import("../../../services/catalogue.js");
      const { folder, services } = await loadCatalogue(process.cwd(), path);
      return Object.values(services).flatMap((chart) => (chart.from === "folder" ? [resolve(folder, chart.path)] : []));
    }),
  );
  return [...new Set(folders.flat())];
}

function shownPath(folder: string): string {
  return relative(process.cwd(), folder) || ".";
}
