import type { PlannedObject } from "../plan/types.js";
import { DEFAULT_REQUESTS } from "../size.js";
import { tenancyObject, type TenancyContext } from "./context.js";

/** Name of the limits that every environment has. */
export const LIMITS_NAME = "containers";

/** What a container gets when its chart says nothing. https://kubernetes.io/docs/concepts/policy/limit-range/ */
export function limitRange({ config: { name } }: TenancyContext): PlannedObject {
  const { cpu, memory, memoryLimit } = DEFAULT_REQUESTS;
  return tenancyObject(name, {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: LIMITS_NAME },
    spec: { limits: [{ type: "Container", defaultRequest: { cpu, memory }, default: { memory: memoryLimit } }] },
  });
}
