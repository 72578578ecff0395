import type { ClusterFacts } from "../../cluster/outputs.js";
import { throwFaults, type Fault } from "../../errors.js";
import type { Manifest } from "../../kube/manifest.js";
import { hostName, LABELS } from "../../naming.js";
import { routeProblems } from "../../services/lint/routes.js";
import { SERVICE_FILE } from "../../services/parse-service.js";
import type { ServiceDefinition } from "../../services/service.js";
import type { RenderedService } from "../render/rendered.js";
import { type Gateway, httpRoute, portNumber } from "./http-routes.js";
import type { PlannedObject, PlannedRoute, PlannedService } from "./types.js";

/** The route of this name has the bare host `<service>--<env>`; others carry their own name too. */
export const MAIN_ROUTE = "http";

export interface RouteContext {
  readonly environment: string;
  readonly service: string;
  readonly domain: string;
  readonly ingressClass: string;
}

/** The host of one of a service's routes. */
export function routeHost(route: string, { service, environment, domain }: RouteContext): string {
  return hostName(route === MAIN_ROUTE ? service : `${service}-${route}`, environment, domain);
}

/** The routes that a service's `ed8k.yaml` has. */
export function definedRoutes(routes: ServiceDefinition["routes"], context: RouteContext): PlannedRoute[] {
  return Object.entries(routes).map(([name, { service, port }]) => ({
    name,
    host: routeHost(name, context),
    service,
    port,
  }));
}

/** Routes of a service's `ed8k.yaml` that lead to a Service, or a port of it, that the chart does not make. */
export function routeFaults({ service, objects }: RenderedService): Fault[] {
  const manifests = objects.map(({ manifest }) => manifest);
  return routeProblems(service.definition.routes, manifests).map(({ path, text, hint }) => ({
    where: `${service.source}/${SERVICE_FILE}: ${path.join(".")}`,
    problem: text,
    ...(hint === undefined ? {} : { hint }),
  }));
}

/**
 * The object for each route, which tells the host and the Kubernetes Service that answers: an HTTPRoute where the cluster
 * has a Gateway, else an Ingress.
 * @param manifests all objects of the chart; a route to a Service that is not among them is a fault (`routeFaults`)
 */
export function routeObjects(
  routes: readonly PlannedRoute[],
  manifests: readonly Manifest[],
  context: RouteContext & Pick<ClusterFacts, "gateway">,
): PlannedObject[] {
  const { gateway } = context;
  return routes.flatMap((route) => {
    const manifest =
      gateway === undefined ? ingress(route, context) : httpRouteOf(route, manifests, { ...context, gateway });
    if (manifest === undefined) return [];
    const id = `${context.service}/${manifest.kind}/${manifest.metadata.name}`;
    return [{ id, manifest, after: [], ignoreChanges: [] }];
  });
}

function ingress(route: PlannedRoute, context: RouteContext): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      ...metadataOf(route, context),
      // The address comes from the shared gateway; an environment is usable before it is written here.
      annotations: { "pulumi.com/skipAwait": "true" },
    },
    spec: {
      ingressClassName: context.ingressClass,
      rules: [{ host: route.host, http: { paths: [{ path: "/", pathType: "Prefix", backend: backend(route) }] } }],
    },
  };
}

function httpRouteOf(
  route: PlannedRoute,
  manifests: readonly Manifest[],
  context: RouteContext & { readonly gateway: Gateway },
): Manifest | undefined {
  const { host, service } = route;
  const port = portNumber(manifests, service, route.port);
  if (port === undefined) return undefined;
  const paths = [{ type: "PathPrefix", path: "/", service, port }] as const;
  return httpRoute(metadataOf(route, context), { host, paths }, context.gateway);
}

function metadataOf({ name }: PlannedRoute, { environment, service }: RouteContext): Manifest["metadata"] {
  return {
    name: `${service}-${name}-route`,
    namespace: environment,
    labels: { [LABELS.env]: environment, [LABELS.service]: service },
  };
}

/** @throws UserError when two services of an environment want one host, as `bos` with a route `x` and `bos-x` do */
export function validateHosts(environment: string, services: readonly PlannedService[]): void {
  const owners = new Map<string, string>();
  const faults: Fault[] = [];
  for (const { name, routes } of services) {
    for (const { host, name: route } of routes) {
      const other = owners.get(host);
      if (other === undefined) owners.set(host, `${name}/${route}`);
      else faults.push({ where: `${name}/${route}`, problem: `wants the host ${host}, which ${other} has` });
    }
  }
  throwFaults(`routes of ${environment}`, faults);
}

function backend({ service, port }: PlannedRoute) {
  return { service: { name: service, port: typeof port === "number" ? { number: port } : { name: port } } };
}
