import { RESOURCES } from "../plan/pod-use.js";
import { formatAmount } from "../plan/quota.js";
import type { PlannedObject } from "../plan/types.js";
import { hardOf, type Size } from "../size.js";
import { tenancyObject, type TenancyContext } from "./context.js";

/** Name of the quota that every environment has. */
export const QUOTA_NAME = "environment";

/** What all pods and volumes together may ask for. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export function resourceQuota({ config: { name, size } }: TenancyContext): PlannedObject {
  return tenancyObject(name, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: QUOTA_NAME },
    spec: { hard: quotaHard(size) },
  });
}

/** The quota of a size as Kubernetes writes it: no load balancer and no port of a node in any. */
export function quotaHard(size: Size): Readonly<Record<string, string>> {
  const hard = hardOf(size);
  return {
    ...Object.fromEntries(RESOURCES.map((resource) => [resource, formatAmount(hard[resource], resource)])),
    "services.loadbalancers": "0",
    "services.nodeports": "0",
  };
}
