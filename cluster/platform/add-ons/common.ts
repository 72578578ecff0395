import type { JsonObject } from "../../../kube/manifest.js";
import { LABEL_PREFIX } from "../../../naming.js";
import type { PoolName } from "../../aws/settings.js";

/** Namespaces of add-ons: controllers, and the gateway with the proxies that it runs. */
export const ADD_ON_NAMESPACES = { platform: "ed8k-platform", gateway: "ed8k-gateway" } as const;

/**
 * System nodes take only what tolerates this, and are always there: what makes, feeds and reaches the other nodes runs on
 * them, so that those can all go at night.
 */
export const ON_SYSTEM_NODES: readonly JsonObject[] = [{ key: "CriticalAddonsOnly", operator: "Exists" }];

/** Where Telepresence's traffic manager listens for its agents beside intercepted pods. */
export const TRAFFIC_MANAGER_PORT = 8081;

/** On nodes, in their taints and in tolerations: the pool that a node belongs to. */
export const POOL_LABEL = `${LABEL_PREFIX}pool`;

/**
 * Fields of a pod's spec by which it is placed on the pool of nodes for stores, which are not moved to save a node. Only
 * preferred: the pool may be at its limit.
 */
export function inDataPool(): JsonObject {
  const pool: PoolName = "data";
  const preference = { matchExpressions: [{ key: POOL_LABEL, operator: "In", values: [pool] }] };
  return {
    tolerations: [{ key: POOL_LABEL, operator: "Equal", value: pool, effect: "NoSchedule" }],
    affinity: {
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference }] },
    },
  };
}

/** What a controller asks for. Kubernetes quantities; no limit of CPU, which would only make it slow. */
export function resources(cpu: string, memory: string): JsonObject {
  return { requests: { cpu, memory }, limits: { memory } };
}
