import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import type { Json } from "../../../kube/manifest.js";
import { type Gateway, httpRoutePaths } from "./http-routes.js";
import { ingressPaths } from "./ingresses.js";

/** The Kubernetes Service that answers for a path. */
export interface Backend {
  /** For messages: `alice/bos-web`. */
  readonly name: string;
  /** The port as the route names it. */
  readonly port: string;
  /** Where it is reached; `undefined` when there is no such Service, or no such port of it. */
  readonly address: { readonly host: string; readonly port: number } | undefined;
}

export interface Route {
  /** Without a slash at the end, so that of `/` it is empty. */
  readonly path: string;
  /** True: no path below it. */
  readonly exact: boolean;
  readonly backend: Backend;
}

/** By host, in lower case: its routes, those that go before others first. */
export type RouteTable = ReadonlyMap<string, readonly Route[]>;

export interface RouteSource {
  readonly ingresses: Iterable<LiveObject>;
  readonly httpRoutes: Iterable<LiveObject>;
  readonly services: Iterable<LiveObject>;
  /** The Ingresses that count. */
  readonly ingressClass: string;
  /** The Gateway to which HTTPRoutes are attached that count. */
  readonly gateway: Gateway;
}

/** One path of a host as an Ingress or an HTTPRoute tells it. */
export interface RoutedPath {
  readonly host: string;
  readonly path: string;
  readonly exact: boolean;
  /** Name of the Service, and the port as it is named. */
  readonly service: string;
  readonly port: Json;
}

/**
 * What the Ingresses of a class and the HTTPRoutes of a Gateway say: host and path to the Service that answers. Of two
 * that want the same, the older one has it. Hosts with a wildcard are passed over: environments have none.
 */
export function routeTable({ services, ingressClass, gateway, ...source }: RouteSource): RouteTable {
  const known = new Map([...services].map((service) => [keyOf(service, service.metadata.name), service]));
  const routed = [
    ...[...source.ingresses].map((object) => ({ object, paths: ingressPaths(object, ingressClass) })),
    ...[...source.httpRoutes].map((object) => ({ object, paths: httpRoutePaths(object, gateway) })),
  ];
  const table = new Map<string, Route[]>();
  for (const { object, paths } of routed.toSorted((a, b) => compare(ageOf(a.object), ageOf(b.object)))) {
    for (const path of paths) {
      const host = path.host.toLowerCase();
      if (host === "" || host.startsWith("*")) continue;
      table.set(host, [...(table.get(host) ?? []), toRoute(object, path, known)]);
    }
  }
  return new Map([...table].map(([host, routes]) => [host, routes.toSorted(before)]));
}

/** The route of a host for a path, which begins with a slash and has no query. */
export function findRoute(routes: readonly Route[], path: string): Route | undefined {
  return routes.find((route) =>
    route.exact ? path === (route.path || "/") : path === route.path || path.startsWith(`${route.path}/`),
  );
}

function toRoute(
  object: LiveObject,
  { path, exact, service, port }: RoutedPath,
  services: ReadonlyMap<string, LiveObject>,
): Route {
  return {
    path: exact ? path.replace(/^\/$/, "") : path.replace(/\/+$/, ""),
    exact,
    backend: {
      name: keyOf(object, service),
      port: typeof port === "number" ? String(port) : asText(port),
      address: addressOf(services.get(keyOf(object, service)), port),
    },
  };
}

function addressOf(service: LiveObject | undefined, wanted: Json): Backend["address"] {
  const host = asText(at(service?.["spec"], "clusterIP"));
  const found = asList(at(service?.["spec"], "ports")).find(
    (port) => at(port, "name") === wanted || at(port, "port") === wanted,
  );
  const port = at(found, "port");
  // Headless Services have no address of their own: "None".
  return typeof port === "number" && host !== "" && host !== "None" ? { host, port } : undefined;
}

/** The longer path goes first; of the same, the exact one. */
function before(one: Route, other: Route): number {
  return other.path.length - one.path.length || Number(other.exact) - Number(one.exact);
}

function keyOf({ metadata }: LiveObject, name: string): string {
  return `${metadata.namespace ?? ""}/${name}`;
}

function ageOf(object: LiveObject): string {
  return `${object.metadata.creationTimestamp} ${keyOf(object, object.metadata.name)}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
