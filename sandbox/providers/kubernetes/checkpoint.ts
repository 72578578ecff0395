import { randomBytes } from "node:crypto";
import type { LiveObject } from "../../../kube/object.js";
import { isMap, reveal, type ValueMap } from "../plugin/values.js";
import { annotation, PULUMI, valueAt } from "./annotations.js";
import { fromLive, markSecrets, mergeStringData } from "./inputs.js";

/** What the state of an object keeps beside the object itself; the published provider's names and meanings. */
export interface Kept {
  readonly inputs: ValueMap;
  readonly fieldManager: string;
  /** The apiVersion by which the object was first made. */
  readonly initialApiVersion: string;
}

/** The state of an object as the published provider writes it, so that either can go on from the other's. */
export function toCheckpoint(live: LiveObject, { inputs, fieldManager, initialApiVersion }: Kept): ValueMap {
  return {
    ...markSecrets(fromLive(live), mergeStringData(inputs)),
    __inputs: markSecrets(inputs, inputs),
    __initialApiVersion: initialApiVersion,
    __fieldManager: fieldManager,
  };
}

/** Reads what a state keeps; `inputs` are those of the engine where it gave them. */
export function fromCheckpoint(state: ValueMap, inputs: ValueMap = {}): Kept {
  const stored = reveal(state["__inputs"]);
  const initial = reveal(state["__initialApiVersion"]) ?? reveal(state["apiVersion"]) ?? reveal(inputs["apiVersion"]);
  return {
    inputs: isMap(stored) ? stored : inputs,
    fieldManager: fieldManagerOf(inputs, state),
    initialApiVersion: typeof initial === "string" ? initial : "",
  };
}

/** Who owns the fields on the server: as annotated, as before, or a new name that no other resource has. */
export function fieldManagerOf(inputs: ValueMap, state: ValueMap = {}): string {
  const before = reveal(state["__fieldManager"]);
  return (
    annotation(inputs, PULUMI.patchFieldManager) ??
    (typeof before === "string" ? before : `pulumi-kubernetes-${randomBytes(4).toString("hex")}`)
  );
}

/** `namespace/name`, or `name` for objects without a namespace. */
export function idOf({ metadata }: LiveObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

export function parseId(id: string): { readonly namespace?: string; readonly name: string } {
  const slash = id.indexOf("/");
  return slash < 0 ? { name: id } : { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

/** A text in an object's metadata: its name, namespace or uid. */
export function metaText(object: ValueMap, field: "name" | "namespace" | "uid" | "generateName"): string | undefined {
  const value = valueAt(object, "metadata", field);
  return typeof value === "string" && value !== "" ? value : undefined;
}
