import type { Refusal } from "../context.js";
import { nameOf } from "../manifests.js";

/** Objects in another namespace than the environment's. */
export const refuseNamespace: Refusal = (manifest, { environment }) => {
  const { namespace } = manifest.metadata;
  if (namespace === undefined || namespace === null || namespace === "" || namespace === environment) return [];
  return [
    {
      path: ["metadata", "namespace"],
      problem: `${nameOf(manifest)} is in the namespace "${String(namespace)}"; allowed is only the environment's own, "${environment}"`,
      hint: "leave metadata.namespace out, or write {{ .Release.Namespace }}",
    },
  ];
};
