import type { ClusterConfig } from "../../../config.js";
import { GATEWAY } from "./gateway.js";
import { planAddOns } from "./plan.js";

/** Where an environment's routes are attached. */
export type GatewayRef = Readonly<Record<"namespace" | "name", string>>;

/** The Gateway of a cluster, by its config; `undefined` where routes are Ingresses. */
export function gatewayOf(config: ClusterConfig): GatewayRef | undefined {
  if (config.provider !== "eks") return undefined;
  return planAddOns({ config }).some(({ name }) => name === "envoy-gateway") ? GATEWAY : undefined;
}
