import type { JsonObject } from "../../../../../kube/manifest.js";
import type { LiveObject } from "../../../../../kube/object.js";
import { live } from "../../../ed8kctl/live/objects.js";

/** One path of an Ingress. */
export interface PathOf {
  /** @default "/" */
  readonly path?: string;
  /** @default "Prefix" */
  readonly pathType?: string;
  readonly service: string;
  readonly port: number | string;
}

/** One rule of an Ingress. */
export interface HostOf {
  readonly host: string;
  readonly paths: readonly PathOf[];
}

export function backendOf({ service, port }: Pick<PathOf, "service" | "port">): JsonObject {
  return { service: { name: service, port: typeof port === "number" ? { number: port } : { name: port } } };
}

/** An Ingress with one rule. @param name with its namespace, as `alice/bos` */
export function ingress(name: string, { host, paths }: HostOf, spec: JsonObject = {}): LiveObject {
  const [namespace = "", bare = ""] = name.split("/");
  const http = {
    paths: paths.map(({ path = "/", pathType = "Prefix", ...to }) => ({ path, pathType, backend: backendOf(to) })),
  };
  return {
    ...live(`Ingress ${bare}`, { spec: { ingressClassName: "ed8k", rules: [{ host, http }], ...spec } }, { namespace }),
    apiVersion: "networking.k8s.io/v1",
  };
}

/** A Service. @param name with its namespace, as `alice/bos` */
export function service(name: string, clusterIP: string, ports: Readonly<Record<string, number>>): LiveObject {
  const [namespace = "", bare = ""] = name.split("/");
  const list = Object.entries(ports).map(([portName, port]) => ({ name: portName, port }));
  return live(`Service ${bare}`, { spec: { clusterIP, ports: list } }, { namespace });
}
