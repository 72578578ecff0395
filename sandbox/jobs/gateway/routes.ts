import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import type { Json } from "../../../kube/manifest.js";

/** The Kubernetes Service that answers for a path. */
export interface Backend {
  /** For messages: `alice/bos-web`. */
  readonly name: string;
  /** The port as the Ingress names it. */
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
  readonly services: Iterable<LiveObject>;
  readonly ingressClass: string;
}

/**
 * What the Ingresses of a class say: host and path to the Service that answers. Of two that want the same, the older one
 * has it. Rules without a host or with a wildcard are passed over: environments have none.
 * https://kubernetes.io/docs/concepts/services-networking/ingress/
 */
export function routeTable({ ingresses, services, ingressClass }: RouteSource): RouteTable {
  const known = new Map([...services].map((service) => [keyOf(service, service.metadata.name), service]));
  const own = [...ingresses]
    .filter(({ spec }) => at(spec, "ingressClassName") === ingressClass)
    .toSorted((a, b) => compare(ageOf(a), ageOf(b)));
  const table = new Map<string, Route[]>();
  for (const ingress of own) {
    for (const rule of asList(at(ingress["spec"], "rules"))) {
      const host = asText(at(rule, "host")).toLowerCase();
      if (host === "" || host.startsWith("*")) continue;
      table.set(host, [
        ...(table.get(host) ?? []),
        ...rulePaths(ingress, rule).map((path) => toRoute(ingress, path, known)),
      ]);
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

/** The Ingress' own backend answers where none of the rule's paths does. */
function rulePaths({ spec }: LiveObject, rule: Json): readonly Json[] {
  const backend = at(spec, "defaultBackend");
  const rest = backend === undefined ? [] : [{ path: "/", pathType: "Prefix", backend }];
  return [...asList(at(rule, "http", "paths")), ...rest];
}

function toRoute(ingress: LiveObject, path: Json, services: ReadonlyMap<string, LiveObject>): Route {
  const exact = at(path, "pathType") === "Exact";
  const text = asText(at(path, "path"));
  const service = asText(at(path, "backend", "service", "name"));
  const port = at(path, "backend", "service", "port");
  const wanted = at(port, "name") ?? at(port, "number") ?? "";
  return {
    path: exact ? text.replace(/^\/$/, "") : text.replace(/\/+$/, ""),
    exact,
    backend: {
      name: keyOf(ingress, service),
      port: typeof wanted === "number" ? String(wanted) : asText(wanted),
      address: addressOf(services.get(keyOf(ingress, service)), wanted),
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
