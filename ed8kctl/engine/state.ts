import { asList, asText, at, isJsonObject } from "../../kube/object.js";
import type { Json } from "../../kube/manifest.js";
import type { StackRecord } from "./stacks.js";

/** Reads what `pulumi stack export` prints; secrets in it are encrypted. */
export function readRecord(exported: string): StackRecord {
  const state: unknown = JSON.parse(exported);
  const resources = isJsonObject(state) ? asList(at(state, "deployment", "resources")) : [];
  const typeOf = (resource: Json): string => asText(at(resource, "type"));
  const provider = resources.find((resource) => typeOf(resource) === "pulumi:providers:kubernetes");
  const context = asText(at(provider, "inputs", "context"));
  const made = resources.filter((resource) => at(resource, "custom") === true && !isProvider(typeOf(resource)));
  const pending = isJsonObject(state) ? asList(at(state, "deployment", "pending_operations")) : [];
  const begun = pending.map((operation) => at(operation, "resource") ?? null);
  const begunOnAws = pending
    .filter((operation) => asText(at(operation, "type")) === "creating")
    .map((operation) => at(operation, "resource") ?? null)
    .filter((resource) => typeOf(resource).startsWith("aws:"))
    .map((resource) => asText(at(resource, "urn")));
  const onAws = [...made, ...begun].some((resource) => typeOf(resource).startsWith("aws:"));
  return {
    ...(context === "" ? {} : { context }),
    ...(onAws ? { onAws } : {}),
    ...(begunOnAws.length === 0 ? {} : { begunOnAws }),
    isCluster: resources.some((resource) => CLUSTER_COMPONENTS.includes(typeOf(resource))),
    resources: made.length,
    objects: made.filter((resource) => typeOf(resource).startsWith("kubernetes:")).length,
    hasPending: pending.length > 0,
  };
}

/** What runs on a cluster for all, and what of it is on AWS. */
const CLUSTER_COMPONENTS = ["ed8k:cluster:Cluster", "ed8k:aws:AwsCluster"];

function isProvider(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}
