import { isMap, isSeq, parseDocument, YAMLSeq } from "yaml";

/** One context as it is written. */
export interface ContextEntry {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** A kubeconfig's text with the context in it and current; everything else, comments too, stays as it was. */
export function withContext(text: string, { name, ...context }: ContextEntry): string {
  const document = parseDocument(text.trim() === "" ? "apiVersion: v1\nkind: Config\n" : text);
  let contexts = document.get("contexts");
  if (!isSeq(contexts)) {
    contexts = new YAMLSeq();
    document.set("contexts", contexts);
  }
  if (!isSeq(contexts)) throw new Error("unreachable: contexts was just made a list");
  const existing = contexts.items.find((item) => isMap(item) && item.get("name") === name);
  if (isMap(existing)) existing.set("context", document.createNode(context));
  else contexts.add(document.createNode({ name, context }));
  document.set("current-context", name);
  // Folded lines would break certificates into pieces that are hard to read.
  return document.toString({ lineWidth: 0 });
}
