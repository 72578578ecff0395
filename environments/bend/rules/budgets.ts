import type { Manifest } from "../../../kube/manifest.js";
import { valueAt } from "../../render/paths.js";
import type { Rule } from "../context.js";
import { podTemplatePath } from "../kinds.js";
import { asObject, nameOf } from "../manifests.js";
import { selects } from "../pods.js";

/** A budget over a single pod would stop every node from being drained, and protects nothing. */
export const bendBudgets: Rule = (object, { manifests }) => {
  const { manifest } = object;
  if (manifest.kind !== "PodDisruptionBudget") return { object, notes: [] };
  const selector = asObject(manifest["spec"])["selector"];
  if (manifests.some((other) => replicasOf(other) > 1 && selects(selector, podLabels(other))))
    return { object, notes: [] };
  return { object: undefined, notes: [`${nameOf(manifest)} is left out while there is one replica`] };
};

function replicasOf(manifest: Manifest): number {
  const { replicas } = asObject(manifest["spec"]);
  return typeof replicas === "number" ? replicas : 1;
}

function podLabels(manifest: Manifest) {
  const path = podTemplatePath(manifest);
  return path === undefined ? {} : asObject(valueAt(manifest, [...path, "metadata", "labels"]));
}
