import type { Refusal } from "../context.js";
import { asObject, nameOf } from "../manifests.js";

/** Names of Services end in `<service>.<namespace>.svc`, with the cluster's domain behind or not. */
const CLUSTER_NAME = /\.([^.]+)\.svc(\.cluster\.local)?\.?$/;

/** Services that are another name for one of another environment, by which the gateway could be led into it. */
export const refuseExternalNames: Refusal = (manifest, { environment }) => {
  const { type, externalName } = asObject(manifest["spec"]);
  if (manifest.kind !== "Service" || type !== "ExternalName" || typeof externalName !== "string") return [];
  const namespace = CLUSTER_NAME.exec(externalName)?.[1];
  if (namespace === undefined || namespace === environment) return [];
  return [
    {
      path: ["spec", "externalName"],
      problem: `${nameOf(manifest)} stands for ${externalName}, which is in the namespace "${namespace}"; allowed is "${environment}"`,
      hint: "name a Service of the environment, or a host outside of the cluster",
    },
  ];
};
