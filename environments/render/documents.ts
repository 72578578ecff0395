/** One document that helm printed. */
export interface PrintedDocument {
  /** As helm names it: `bos/templates/web.yaml`. */
  readonly source: string;
  /** Line of the first line of `text` in all that helm printed of the file, counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** What helm writes before each document; inside a document no line is three dashes, for helm splits files there. */
const HEADER = /^---\n# Source: (.+)\n/m;

/** The documents of what `helm template` printed, in its order: by kind, hooks last. */
export function splitDocuments(printed: string): PrintedDocument[] {
  const [, ...parts] = printed.replaceAll("\r\n", "\n").split(HEADER);
  const lines = new Map<string, number>();
  const documents: PrintedDocument[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const source = parts[index] ?? "";
    const text = parts[index + 1] ?? "";
    const header = lines.get(source) ?? 1;
    documents.push({ source, line: header + 2, text });
    lines.set(source, header + 2 + text.split("\n").length - 1);
  }
  return documents;
}
