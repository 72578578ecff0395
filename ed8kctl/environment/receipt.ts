import type { KubeClient } from "../../kube/client.js";
import { isNotFound, KubeError } from "../../kube/errors.js";
import { asText, at, describeRef, refOf, type LiveObject } from "../../kube/object.js";
import type { ApiResource } from "../../kube/resources.js";
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
  readonly left: readonly Leftover[];
}

export interface ReceiptArgs {
  readonly client: KubeClient;
  readonly stacks: Stacks;
  readonly environment: string;
}

/**
 * Looks, by name and by label, for everything that an environment can leave, whatever its stack says: it needs neither
 * the charts nor the state. Changes nothing.
 */
export async function takeReceipt({ client, stacks, environment }: ReceiptArgs): Promise<Receipt> {
  const [namespace, volumes, labelled, stack] = await Promise.all([
    client.find({ apiVersion: "v1", kind: "Namespace", name: environment }),
    volumesOf(client, environment),
    labelledObjects(client, environment),
    stacks.config(environment),
  ]);
  const objects = labelled.filter(({ kind }) => kind !== "Namespace");
  return {
    environment,
    checked: ["namespace", "objects of every kind with its label", "persistent volumes", "stack with state and lock"],
    left: [
      ...(namespace === undefined ? [] : [namespaceLeft(namespace)]),
      ...volumes.map((volume) => objectLeft(volume, asText(at(volume["status"], "phase")))),
      ...objects.map((object) => objectLeft(object)),
      ...(stack === undefined ? [] : [{ what: `stack ${environment}`, remove: `pulumi stack rm ${environment}` }]),
    ],
  };
}

/** The receipt for people. */
export function receiptText({ environment, checked, left }: Receipt): string {
  const looked = `looked for: ${checked.join(", ")}`;
  if (left.length === 0) return `${environment} is gone: 0 left (${looked})`;
  const lines = left.map(({ what, why, remove }) => `  ${what}${why === undefined ? "" : `: ${why}`}\n    ${remove}`);
  return [`${environment}: ${left.length} left (${looked})`, ...lines].join("\n");
}

function namespaceLeft(namespace: LiveObject): Leftover {
  const { name, deletionTimestamp } = namespace.metadata;
  const why = deletionTimestamp === undefined ? undefined : `is being deleted; ${heldBy(namespace)}`;
  return { ...objectLeft(namespace, why), remove: `kubectl delete namespace ${name}` };
}

function objectLeft(object: LiveObject, why?: string): Leftover {
  const { namespace, name } = object.metadata;
  const place = namespace === undefined ? "" : ` -n ${namespace}`;
  return {
    what: describeRef(refOf(object)),
    ...(why === undefined || why === "" ? {} : { why }),
    remove: `kubectl delete ${object.kind.toLowerCase()} ${name}${place}`,
  };
}

/** Volumes carry no label of ours: their claim tells whose they are, even after it is gone. */
async function volumesOf(client: KubeClient, environment: string): Promise<readonly LiveObject[]> {
  const { items } = await client.list({ apiVersion: "v1", kind: "PersistentVolume" });
  return items.filter(({ spec }) => at(spec, "claimRef", "namespace") === environment);
}

async function labelledObjects(client: KubeClient, environment: string): Promise<readonly LiveObject[]> {
  const kinds = (await client.resources.all()).filter(
    ({ verbs }) => verbs.includes("list") && verbs.includes("delete"),
  );
  const lists = await Promise.all(kinds.map((kind) => listOrNothing(client, kind, environment)));
  return lists.flat();
}

/** A kind may go while we look, or be one that this user may not see; others are not. */
async function listOrNothing(
  client: KubeClient,
  { apiVersion, kind }: ApiResource,
  environment: string,
): Promise<readonly LiveObject[]> {
  try {
    return (await client.list({ apiVersion, kind }, { labelSelector: `${LABELS.env}=${environment}` })).items;
  } catch (error) {
    if (isNotFound(error) || (error instanceof KubeError && [403, 405].includes(error.status))) return [];
    throw error;
  }
}
