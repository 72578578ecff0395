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
  return {
    ...(context === "" ? {} : { context }),
    isCluster: resources.some((resource) => typeOf(resource) === "ed8k:cluster:Cluster"),
  };
}
