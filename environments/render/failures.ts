import type { Fault } from "../../errors.js";
import { splitDocuments } from "./documents.js";
import { runHelm, type HelmRun } from "./helm.js";
import { locateLine } from "./locate.js";
import type { ChartSource, RenderedChart } from "./rendered.js";
import { readYaml } from "./yaml.js";

/** What helm names a file of a chart by: `bos/templates/web.yaml` is `services/bos/templates/web.yaml`. */
export function fileOf(service: ChartSource, source: string): string {
  return `${service.source}${source.slice(source.indexOf("/"))}`;
}

/** Why helm could not render a chart: its own words, with the file, line and column that it names. */
export async function explainFailure(
  service: ChartSource,
  stderr: string,
  { files, run }: { readonly files: RenderedChart["files"]; readonly run: HelmRun },
): Promise<readonly Fault[]> {
  if (stderr.includes("YAML parse error on ")) {
    // helm tells a line of its own count and one fault only; what it prints on request tells all of them.
    const { stdout } = await runHelm({ ...run, printInvalid: true });
    const faults = brokenDocuments(service, stdout, files);
    if (faults.length > 0) return faults;
  }
  return [ownWords(service, stderr)];
}

function brokenDocuments(service: ChartSource, printed: string, files: RenderedChart["files"]): Fault[] {
  return splitDocuments(printed).flatMap(({ source, text }) => {
    const file = fileOf(service, source);
    // Files are printed whole here; helm splits them at these lines.
    let line = 1;
    return text.split(/^---.*$/m).flatMap((part) => {
      const faults = yamlFaults({ file, line, text: part, template: files[file] });
      line += part.split("\n").length - 1;
      return faults;
    });
  });
}

/** The faults of one printed document, each with its place in the template. */
export function yamlFaults(printed: Parameters<typeof locateLine>[0]): Fault[] {
  const result = readYaml(printed.text);
  if (!("faults" in result)) return [];
  return result.faults.map(({ problem, line, column }) => {
    const where = locateLine(printed, line - 1).replace(/(:\d+)( .*)?$/, `$1:${column}$2`);
    return { where, problem: `is no valid YAML: ${problem.replace(/\.$/, "")}` };
  });
}

/** `bos/templates/web.yaml:12:18`; the last one that helm names is the innermost. */
const POSITION = /([\w.-]+\/[\w./-]+):(\d+(?::\d+)?)/g;

function ownWords(service: ChartSource, stderr: string): Fault {
  const text = stderr
    .replace(/^level=.*$/gm, "")
    .replace(/Use --debug flag.*/, "")
    .replace(/^Error: /m, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (text.includes("helm dependency build")) {
    const missing = /missing in charts\/ directory: (.+)$/.exec(text)?.[1] ?? "some";
    return {
      where: `${service.source}/Chart.yaml`,
      problem: `subcharts are not in charts/: ${missing}`,
      hint: `helm dependency build ${service.source}`,
    };
  }
  const position = [...text.matchAll(POSITION)].at(-1);
  if (position === undefined) return { where: service.source, problem: `helm cannot render the chart: ${text}` };
  const [all, file = "", line = ""] = position;
  const reason = text.slice(position.index + all.length).replace(/^[):\s]+/, "");
  const told = reason === "" ? text : reason;
  return { where: `${fileOf(service, file)}:${line}`, problem: `helm cannot render the chart: ${told}` };
}
