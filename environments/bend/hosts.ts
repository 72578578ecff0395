import type { JsonObject, Manifest } from "../../kube/manifest.js";
import { hostSuffix } from "../../naming.js";
import { MAIN_ROUTE, routeHost, type RouteContext } from "../plan/routes.js";
import type { PlannedRoute } from "../plan/types.js";
import { asObject, objectsIn } from "./manifests.js";
import { hostOf, rulesOfDefault } from "./rules/ingresses.js";

/**
 * What the hosts of a chart's Ingresses become: those that are no host of the environment get one. The first becomes the
 * service's own, unless its `ed8k.yaml` has a route there; others carry their first label.
 * @param taken names of the routes that the service's `ed8k.yaml` has
 */
export function environmentHosts(
  manifests: readonly Manifest[],
  context: RouteContext,
  taken: readonly string[],
): Readonly<Record<string, string>> {
  const own = hostSuffix(context.environment, context.domain);
  const foreign = new Set(
    manifests.flatMap((manifest) => ingressRules(manifest).map(hostOf)).filter((host) => !isOwn(host, own)),
  );
  const names = new Set(taken);
  const entries = [...foreign].map((host) => {
    const label =
      host
        .replace(/^\*\./, "")
        .split(".")[0]
        ?.toLowerCase()
        .replaceAll(/[^a-z0-9-]/g, "-") ?? "";
    const wanted = [MAIN_ROUTE, ...(label === "" ? ["ingress"] : [label])];
    const name = wanted.find((candidate) => !names.has(candidate)) ?? numbered(wanted.at(-1) ?? "", names);
    names.add(name);
    return [host, routeHost(name, context)] as const;
  });
  return Object.fromEntries(entries);
}

function isOwn(host: string, own: string): boolean {
  return host.endsWith(own) && !host.slice(0, -own.length).includes(".") && !host.startsWith("*");
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** The routes that an Ingress, already bent, makes: one for each host, led by its first path. */
export function ingressRoutes(ingress: Manifest): PlannedRoute[] {
  return ingressRules(ingress).flatMap((rule) => {
    const [path] = objectsIn(asObject(rule["http"])["paths"]);
    const { name, port } = asObject(asObject(path?.["backend"])["service"]);
    const { name: portName, number } = asObject(port);
    const target = typeof number === "number" ? number : portName;
    if (typeof name !== "string" || (typeof target !== "string" && typeof target !== "number")) return [];
    return [{ name: ingress.metadata.name, host: hostOf(rule), service: name, port: target }];
  });
}

function ingressRules(manifest: Manifest): readonly JsonObject[] {
  if (manifest.kind !== "Ingress") return [];
  const { rules, defaultBackend } = asObject(manifest["spec"]);
  return [...objectsIn(rules), ...rulesOfDefault(defaultBackend)];
}
