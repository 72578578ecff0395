import type { Rule } from "../context.js";
import { nameOf } from "../manifests.js";

/**
 * NetworkPolicies of charts are left out. The environment's own let its pods talk to each other and to nobody else's,
 * and one more policy can only allow more: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export const bendPolicies: Rule = (object) => {
  if (object.manifest.kind !== "NetworkPolicy") return { object, notes: [] };
  return { object: undefined, notes: [`${nameOf(object.manifest)} is left out: the environment's own policies hold`] };
};
