import { parseDocument, type Tags, type YAMLError } from "yaml";

/** Types of YAML 1.1 that Kubernetes and helm read as plain text. */
const PLAIN_TEXT = ["timestamp", "binary", "omap", "pairs", "set"].map((name) => `tag:yaml.org,2002:${name}`);

/** A fault in YAML text; line and column are counted from 1. */
export interface YamlFault {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

export type YamlResult = { readonly value: unknown } | { readonly faults: readonly YamlFault[] };

/**
 * Reads one document as Kubernetes does: `0644` is octal and `yes` is true (YAML 1.1), while dates and `1:30` are text.
 * A key that is there twice is a fault: which of the two counts differs from tool to tool.
 */
export function readYaml(text: string): YamlResult {
  const document = parseDocument(text, { version: "1.1", customTags: kubernetesTags, prettyErrors: false });
  if (document.errors.length > 0) return { faults: document.errors.map((error) => toFault(error, text)) };
  try {
    return { value: document.toJS() };
  } catch (error) {
    // An alias without its anchor, or too many of them.
    return { faults: [{ problem: error instanceof Error ? error.message : String(error), line: 1, column: 1 }] };
  }
}

/** The document's syntax tree, for the place of a value. */
export function readYamlTree(text: string) {
  return parseDocument(text, { version: "1.1", customTags: kubernetesTags, prettyErrors: false });
}

function kubernetesTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === "string") return true;
    return !PLAIN_TEXT.includes(tag.tag) && !("format" in tag && tag.format === "TIME");
  });
}

function toFault(error: YAMLError, text: string): YamlFault {
  const before = text.slice(0, error.pos[0]).split("\n");
  return { problem: error.message, line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
