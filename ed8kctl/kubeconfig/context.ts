import { type Document, isMap, isSeq, parseDocument, YAMLSeq } from "yaml";
import type { KubeconfigEntries } from "../../kube/eks-kubeconfig.js";

/** One context as it is written. */
export interface ContextEntry {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** A kubeconfig's text with the context in it and current; everything else, comments too, stays as it was. */
export function withContext(text: string, { name, ...context }: ContextEntry): string {
  const document = parsed(text);
  put(document, ["contexts", "context"], { name, value: context });
  document.set("current-context", name);
  return written(document);
}

/** A kubeconfig's text with a cluster, its user and its context in it; the context is made current where none is. */
export function withEntries(text: string, { name, cluster, user, context }: KubeconfigEntries): string {
  const document = parsed(text);
  put(document, ["clusters", "cluster"], { name, value: cluster });
  put(document, ["users", "user"], { name, value: user });
  put(document, ["contexts", "context"], { name, value: context });
  if ((document.get("current-context") ?? "") === "") document.set("current-context", name);
  return written(document);
}

function parsed(text: string): Document {
  return parseDocument(text.trim() === "" ? "apiVersion: v1\nkind: Config\n" : text);
}

/** @param place the list, and the field of its entries, in which the value is */
function put(
  document: Document,
  [list, field]: readonly [list: string, field: string],
  { name, value }: { readonly name: string; readonly value: object },
): void {
  if (!isSeq(document.get(list))) document.set(list, new YAMLSeq());
  const entries = document.get(list);
  if (!isSeq(entries)) throw new Error(`unreachable: ${list} was just made a list`);
  const existing = entries.items.find((item) => isMap(item) && item.get("name") === name);
  if (isMap(existing)) existing.set(field, document.createNode(value));
  else entries.add(document.createNode({ name, [field]: value }));
}

function written(document: Document): string {
  // Folded lines would break certificates into pieces that are hard to read.
  return document.toString({ lineWidth: 0 });
}
