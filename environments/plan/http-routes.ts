import type { ClusterFacts } from "../../cluster/outputs.js";
import type { JsonObject, Manifest } from "../../kube/manifest.js";
import { asText, at } from "../../kube/object.js";
import { asObject, objectsIn } from "../bend/manifests.js";

/** The cluster's one Gateway. */
export type Gateway = NonNullable<ClusterFacts["gateway"]>;

/** One path of a host, and the Kubernetes Service that answers there. */
export interface RoutedPath {
  readonly type: "PathPrefix" | "Exact";
  readonly path: string;
  readonly service: string;
  readonly port: number;
}

/** The kind of the shared Gateway's routes. */
export const GATEWAY_ROUTE = { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute" } as const;

/** A host's paths as a route of the shared Gateway. https://gateway-api.sigs.k8s.io/api-types/httproute/ */
export function httpRoute(
  metadata: Manifest["metadata"],
  { host, paths }: { readonly host: string; readonly paths: readonly RoutedPath[] },
  { namespace, name }: Gateway,
): Manifest {
  return {
    ...GATEWAY_ROUTE,
    metadata,
    spec: {
      parentRefs: [parent({ namespace, name })],
      hostnames: [host],
      rules: paths.map(({ type, path, service, port }) => ({
        matches: [{ path: { type, value: path } }],
        backendRefs: [{ group: "", kind: "Service", name: service, port, weight: 1 }],
      })),
    },
  };
}

/** The number of a Service's port, which routes name by number alone; `undefined` where no object of these has it. */
export function portNumber(manifests: readonly Manifest[], service: string, port: string | number): number | undefined {
  if (typeof port === "number") return port;
  const found = manifests.find(({ kind, metadata }) => kind === "Service" && metadata.name === service);
  const ports = objectsIn(asObject(found?.["spec"])["ports"]);
  const number = at(
    ports.find((candidate) => asText(candidate["name"]) === port),
    "port",
  );
  return typeof number === "number" ? number : undefined;
}

/** In full, as the API server keeps it, so that a refresh finds nothing new. */
function parent({ namespace, name }: Gateway): JsonObject {
  return { group: "gateway.networking.k8s.io", kind: "Gateway", namespace, name };
}
