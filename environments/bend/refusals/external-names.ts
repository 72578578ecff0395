import type { Refusal } from "../context.js";
import { asObject, nameOf } from "../manifests.js";

/** Services that are another name for one of another environment, by which the gateway could be led into it. */
export const refuseExternalNames: Refusal = (manifest, { environment }) => {
  const { type, externalName } = asObject(manifest["spec"]);
  if (manifest.kind !== "Service" || type !== "ExternalName" || typeof externalName !== "string") return [];
  const outside = namespacesOf(externalName).filter((namespace) => namespace !== environment);
  if (outside.length === 0) return [];
  const place = outside.map((namespace) => (namespace === "" ? "no namespace" : `the namespace "${namespace}"`));
  return [
    {
      path: ["spec", "externalName"],
      problem: `${nameOf(manifest)} stands for ${externalName}, a name of the cluster in ${place.join(", ")}; allowed is "${environment}"`,
      hint: "name a Service of the environment, or a host outside of the cluster",
    },
  ];
};

/**
 * The namespaces that a name of the cluster leads to: `<service>.<namespace>.svc` and `<address>.<namespace>.pod`, with
 * the cluster's domain behind or not. Which domain that is, nobody can tell from inside a chart.
 * https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
function namespacesOf(name: string): string[] {
  const labels = name.toLowerCase().replace(/\.$/, "").split(".");
  const found = labels.flatMap((label, index) => (["svc", "pod"].includes(label) ? [labels[index - 1] ?? ""] : []));
  return found.length === 0 && labels.slice(-2).join(".") === "cluster.local" ? [""] : found;
}
