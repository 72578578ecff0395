import { nameOf, objectsIn } from "../../environments/bend/manifests.js";
import { valueAt } from "../../environments/render/paths.js";
import type { Manifest } from "../../kube/manifest.js";
import { suggest } from "../../suggest.js";
import type { Problem } from "../document/problems.js";
import type { ServiceDefinition } from "../service.js";

/** Routes of an `ed8k.yaml` that lead to no Service of its chart, or to no port of it. */
export function routeProblems(routes: ServiceDefinition["routes"], manifests: readonly Manifest[]): readonly Problem[] {
  const services = manifests.filter(({ kind }) => kind === "Service");
  const names = services.map(({ metadata }) => metadata.name);
  return Object.entries(routes).flatMap(([route, { service, port }]) => {
    const path = ["routes", route];
    const target = services.find(({ metadata }) => metadata.name === service);
    if (target === undefined) {
      const has = names.length === 0 ? "which has none" : `which has ${names.join(", ")}`;
      const text = `"${service}" is no Service of the chart, ${has} [routes]`;
      return [{ path: [...path, "service"], text, ...hint(suggest(service, names)) }];
    }
    const ports = objectsIn(valueAt(target, ["spec", "ports"]));
    if (ports.some((other) => other["name"] === port || other["port"] === port)) return [];
    const known = ports.flatMap(({ name, port: number }) => (typeof name === "string" ? name : JSON.stringify(number)));
    const text = `"${port}" is no port of ${nameOf(target)}, which has ${known.join(", ")} [routes]`;
    return [{ path: [...path, "port"], text, ...hint(suggest(String(port), known)) }];
  });
}

function hint(near: string | undefined): { hint?: string } {
  return near === undefined ? {} : { hint: `did you mean ${near}?` };
}
