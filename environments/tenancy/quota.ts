import { formatAmount, RESOURCES } from "../plan/quota.js";
import type { PlannedObject } from "../plan/types.js";
import { hardOf } from "../size.js";
import { tenancyObject, type TenancyContext } from "./context.js";

/** What all pods and volumes together may ask for. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export function resourceQuota({ config: { name, size } }: TenancyContext): PlannedObject {
  const hard = hardOf(size);
  return tenancyObject(name, {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "environment" },
    spec: {
      hard: {
        ...Object.fromEntries(RESOURCES.map((resource) => [resource, formatAmount(hard[resource], resource)])),
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    },
  });
}
