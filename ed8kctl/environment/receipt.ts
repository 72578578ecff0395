import type { KubeClient } from "../../kube/client.js";
import type { ListOptions } from "../../kube/options.js";
import { isNotFound, KubeError } from "../../kube/errors.js";
import { asText, at, describeRef, refOf, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import type { Stacks } from "../engine/stacks.js";
import { heldBy } from "./terminating.js";

/** Something of an environment that is still there. */
export interface Leftover {
  /** As Kubernetes calls it: `Namespace alice`, `PersistentVolume pvc-1`; or `stack alice`. */
  readonly what: string;
  /** Why it is there, where that can be told. */
  readonly why?: string;
  /** A command that removes it. */
  readonly remove: string;
}

/** What was looked for, and what of it is left. */
export interface Receipt {
  readonly environment: string;
  readonly checked: readonly string[];
  /** Kinds that could not be looked at: this user may not list them in all namespaces, or the API server fails to. */
  readonly unseen: readonly string[];
  readonly left: readonly Leftover[];
}

export interface ReceiptArgs {
  readonly client: KubeClient;
  readonly stacks: Stacks;
  readonly environment: string;
  /** True when the broker was told to remove all of its topics, and did: nobody else could list what is left of them. */
  readonly topicsRemoved: boolean;
}

/**
 * Looks, by name and by label, for everything that an environment can leave, whatever its stack says: it needs neither
 * the charts nor the state. Changes nothing.
 */
export async function takeReceipt({ client, stacks, environment, topicsRemoved }: ReceiptArgs): Promise<Receipt> {
  const [namespace, volumes, labelled, stack] = await Promise.all([
    client.find({ apiVersion: "v1", kind: "Namespace", name: environment }),
    volumesOf(client, environment),
    labelledObjects(client, environment),
    stacks.config(environment),
  ]);
  const objects = labelled.found.filter(({ kind }) => kind !== "Namespace");
  const { context } = client.access;
  return {
    environment,
    checked: [
      "namespace",
      "objects of every kind with its label",
      "persistent volumes",
      ...(topicsRemoved ? ["topics"] : []),
      "stack",
    ],
    unseen: [...new Set([...volumes.unseen, ...labelled.unseen])].sort(),
    left: [
      ...(namespace === undefined ? [] : [objectLeft(namespace, context, whyNamespace(namespace))]),
      ...volumes.found.map((volume) => objectLeft(volume, context, asText(at(volume["status"], "phase")))),
      ...objects.map((object) => objectLeft(object, context)),
      ...(stack === undefined
        ? []
        : [{ what: `stack ${environment}`, remove: `ed8kctl destroy ${environment} --yes` }]),
    ],
  };
}

/** The receipt for people. */
export function receiptText({ environment, checked, unseen, left }: Receipt): string {
  const hidden = unseen.length === 0 ? "" : `; not looked at: ${unseen.join(", ")}`;
  const looked = `looked for: ${checked.join(", ")}${hidden}`;
  if (left.length === 0) return `${environment} is gone: 0 left (${looked})`;
  const lines = left.map(({ what, why, remove }) => `  ${what}${why === undefined ? "" : `: ${why}`}\n    ${remove}`);
  return [`${environment}: ${left.length} left (${looked})`, ...lines].join("\n");
}

function whyNamespace(namespace: LiveObject): string {
  return namespace.metadata.deletionTimestamp === undefined ? "" : `is being deleted; ${heldBy(namespace)}`;
}

/** The context is told: kubectl's current one may lead to another cluster. */
function objectLeft(object: LiveObject, context: string, why = ""): Leftover {
  const { namespace, name } = object.metadata;
  const place = namespace === undefined ? "" : ` -n ${namespace}`;
  return {
    what: describeRef(refOf(object)),
    ...(why === "" ? {} : { why }),
    remove: `kubectl delete ${object.kind.toLowerCase()} ${name}${place} --context ${context}`,
  };
}

interface Seen {
  readonly found: readonly LiveObject[];
  readonly unseen: readonly string[];
}

/** Volumes carry no label of ours: their claim tells whose they are, even after it is gone. */
async function volumesOf(client: KubeClient, environment: string): Promise<Seen> {
  const { found, unseen } = await look(client, { apiVersion: "v1", kind: "PersistentVolume" });
  return { found: found.filter(({ spec }) => at(spec, "claimRef", "namespace") === environment), unseen };
}

async function labelledObjects(client: KubeClient, environment: string): Promise<Seen> {
  const kinds = (await client.resources.all()).filter(
    ({ verbs }) => verbs.includes("list") && verbs.includes("delete"),
  );
  const labelSelector = `${LABELS.env}=${environment}`;
  const lists = await Promise.all(kinds.map((kind) => look(client, kind, { labelSelector })));
  return { found: lists.flatMap(({ found }) => found), unseen: lists.flatMap(({ unseen }) => unseen) };
}

/** A kind may go while we look, or be one that this user may not see. */
async function look(
  client: KubeClient,
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  options: ListOptions = {},
): Promise<Seen> {
  try {
    return { found: (await client.list({ apiVersion, kind }, options)).items, unseen: [] };
  } catch (error) {
    // A dead aggregated API fails for its own kinds only; the rest of the receipt is true all the same.
    const isHidden = error instanceof KubeError && (error.status === 403 || error.status >= 500);
    if (isHidden) return { found: [], unseen: [kind] };
    // 405: discovery tells of a list that the server does not give.
    if (isNotFound(error) || (error instanceof KubeError && error.status === 405)) return { found: [], unseen: [] };
    throw error;
  }
}
