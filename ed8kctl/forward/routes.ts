import { GATEWAY_ROUTE } from "../../environments/plan/http-routes.js";
import type { LiveObject } from "../../kube/object.js";
import type { ReadTarget } from "../live/client.js";

const INGRESS = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" } as const;

/** What leads hosts to an environment's services: Ingresses, and HTTPRoutes where the cluster has a Gateway. */
export async function readRoutes(
  { facts, client }: ReadTarget,
  environment: string,
  signal: AbortSignal,
): Promise<readonly LiveObject[]> {
  // A cluster without a Gateway need not know the other kind.
  const kinds = facts.gateway === undefined ? [INGRESS] : [INGRESS, GATEWAY_ROUTE];
  const lists = await Promise.all(kinds.map((kind) => client.list({ ...kind, namespace: environment }, { signal })));
  return lists.flatMap(({ items }) => items);
}
