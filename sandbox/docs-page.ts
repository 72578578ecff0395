import { AWS_LIMITS } from "./aws/limits.js";
import { IMAGE_RULES, images } from "./images/images.js";
import { type Part, PARTS } from "./parts.js";
import { type PortName, sandboxPorts } from "./ports.js";

/** Of the ports that the docs show. */
const DOCS_BASE = 16_440;

/** What of the docs' page is made from the code, by the name in its marks. */
const MADE: Readonly<Record<string, () => readonly string[]>> = {
  parts: () => [partsTable(), "", partsPicture()],
  images: () => [imagesTable()],
  aws: () => AWS_LIMITS.map((limit) => `- ${limit}`),
};

/**
 * The docs' page with its tables and its picture made anew between their marks.
 * @throws Error when the page has lost its marks
 */
export function withMade(page: string): string {
  return Object.entries(MADE).reduce((text, [name, make]) => {
    const marks = { begin: `<!-- ${name}: made by npm run generate -->`, end: `<!-- ${name}: end -->` };
    const begin = text.indexOf(marks.begin);
    const end = text.indexOf(marks.end);
    if (begin < 0 || end < begin) throw new Error(`the page must have "${marks.begin}" and, behind it, "${marks.end}"`);
    return [text.slice(0, begin) + marks.begin, "", ...make(), "", text.slice(end)].join("\n");
  }, page);
}

/** A row for each part. */
function partsTable(): string {
  const rows = PARTS.map(({ name, runs, nodes, port, does }) => [name, runs, nodes, portText(port), does]);
  return markdownTable(["part", "is a", "nodes", "port", "what it does"], rows);
}

/** What runs in the place of which image; the images of services made here are there under their own names. */
function imagesTable(): string {
  const led = IMAGE_RULES.map(({ from, to }) => [`\`${from}\``, `\`${to}\``]);
  const targets = new Set(IMAGE_RULES.map(({ to }) => to));
  const own = images().filter(({ reference }) => !targets.has(reference) && !reference.startsWith("ed8k.local/"));
  const rows = [...led, ...own.map(({ reference }) => [`\`${reference}\``, "the same, made from the sources here"])];
  return markdownTable(["charts and drivers name", "a real node of the sandbox runs"], rows);
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "-"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Who speaks to whom, grouped by where it runs. https://mermaid.js.org/syntax/flowchart.html */
function partsPicture(): string {
  const places = [...new Set(PARTS.map(({ runs }) => runs))];
  const groups = places.flatMap((place) => [
    `  subgraph ${idOf(place)}["${place}"]`,
    ...PARTS.filter(({ runs }) => runs === place).map((part) => `    ${idOf(part.name)}["${labelOf(part)}"]`),
    "  end",
  ]);
  const arrows = PARTS.flatMap(({ name, uses }) => uses.map((other) => `  ${idOf(name)} --> ${idOf(other)}`));
  return ["```mermaid", "flowchart TB", ...groups, ...arrows, "```"].join("\n");
}

function labelOf({ name, port }: Part): string {
  return port === undefined ? name : `${name} :${portText(port)}`;
}

function portText(port: PortName | undefined): string {
  return port === undefined ? "" : String(sandboxPorts(DOCS_BASE)[port]);
}

function idOf(name: string): string {
  return name.replaceAll(/[^a-z]/g, "_");
}
