import type { AddOn } from "./add-on.js";
import { envoyGateway } from "./envoy-gateway.js";
import { karpenter } from "./karpenter.js";
import { loadBalancerController } from "./load-balancer-controller.js";
import { monitoring } from "./monitoring.js";
import { snapshots, storage } from "./storage.js";
import { telepresence } from "./telepresence.js";

/** By the names that `ed8k:addOns` has; what others need comes first. */
export const ADD_ONS = {
  storage,
  snapshots,
  karpenter,
  "aws-load-balancer-controller": loadBalancerController,
  "envoy-gateway": envoyGateway,
  telepresence,
  "kube-prometheus-stack": monitoring,
} as const satisfies Readonly<Record<string, AddOn>>;

export type AddOnName = keyof typeof ADD_ONS;

export const ADD_ON_NAMES = Object.keys(ADD_ONS) as readonly AddOnName[];
