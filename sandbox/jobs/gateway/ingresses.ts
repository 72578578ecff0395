import type { Json } from "../../../kube/manifest.js";
import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import type { RoutedPath } from "./routes.js";

/** The paths of an Ingress of the class; none of another. https://kubernetes.io/docs/concepts/services-networking/ingress/ */
export function ingressPaths({ spec }: LiveObject, ingressClass: string): readonly RoutedPath[] {
  if (at(spec, "ingressClassName") !== ingressClass) return [];
  return asList(at(spec, "rules")).flatMap((rule) => {
    const host = asText(at(rule, "host"));
    return rulePaths(spec, rule).map((path) => {
      const port = at(path, "backend", "service", "port");
      return {
        host,
        path: asText(at(path, "path")),
        exact: at(path, "pathType") === "Exact",
        service: asText(at(path, "backend", "service", "name")),
        port: at(port, "name") ?? at(port, "number") ?? "",
      };
    });
  });
}

/** The Ingress' own backend answers where none of the rule's paths does. */
function rulePaths(spec: Json | undefined, rule: Json): readonly Json[] {
  const backend = at(spec, "defaultBackend");
  const rest = backend === undefined ? [] : [{ path: "/", pathType: "Prefix", backend }];
  return [...asList(at(rule, "http", "paths")), ...rest];
}
