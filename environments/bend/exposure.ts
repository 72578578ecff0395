import type { JsonObject, Manifest } from "../../kube/manifest.js";
import { asText } from "../../kube/object.js";
import { MAIN_ROUTE, routeHost, type RouteContext } from "../plan/routes.js";
import type { PlannedRoute } from "../plan/types.js";
import { asObject, objectsIn } from "./manifests.js";
import { isOutside } from "./rules/services.js";

/**
 * Routes that take the place of a chart's LoadBalancer and NodePort Services. One that a route leads to already needs
 * none. The first becomes the service's main route, unless there is one; others carry the Service's name.
 * @param manifests as rendered
 * @param routes that there are already
 */
export function exposedRoutes(
  manifests: readonly Manifest[],
  context: RouteContext,
  routes: readonly PlannedRoute[],
): readonly PlannedRoute[] {
  const made: PlannedRoute[] = [];
  for (const { kind, metadata, spec } of manifests) {
    const port = webPort(asObject(spec));
    const known = [...routes, ...made];
    if (kind !== "Service" || !isOutside(asObject(spec)) || port === undefined) continue;
    if (known.some(({ service }) => service === metadata.name)) continue;
    const name = [MAIN_ROUTE, shortName(metadata.name, context.service), metadata.name].find((candidate) =>
      known.every(({ host }) => host !== routeHost(candidate, context)),
    );
    if (name === undefined) continue;
    made.push({ name, host: routeHost(name, context), service: metadata.name, port });
  }
  return made;
}

/** The port that most likely speaks HTTP: one that says so, else the first of TCP. */
function webPort(spec: JsonObject): string | number | undefined {
  const ports = objectsIn(spec["ports"]).filter(({ protocol }) => (protocol ?? "TCP") === "TCP");
  const { name, port } = ports.find((candidate) => /http|web|ui/i.test(asText(candidate["name"]))) ?? ports[0] ?? {};
  return typeof name === "string" ? name : typeof port === "number" ? port : undefined;
}

function shortName(name: string, service: string): string {
  return name.startsWith(`${service}-`) ? name.slice(service.length + 1) : name;
}
