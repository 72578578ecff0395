import type { Json } from "../../../kube/manifest.js";
import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import type { RoutedPath } from "./routes.js";

/** A Gateway by its name. */
export type Gateway = Readonly<Record<"namespace" | "name", string>>;

/**
 * The paths of an HTTPRoute that is attached to the Gateway; none of another. What asks for more than a host and a path,
 * such as a header, is passed over: environments' routes do not. https://gateway-api.sigs.k8s.io/api-types/httproute/
 */
export function httpRoutePaths({ spec, metadata }: LiveObject, gateway: Gateway): readonly RoutedPath[] {
  const isAttached = asList(at(spec, "parentRefs")).some(
    (parent) =>
      at(parent, "name") === gateway.name && (at(parent, "namespace") ?? metadata.namespace) === gateway.namespace,
  );
  if (!isAttached) return [];
  const hosts = asList(at(spec, "hostnames")).map(asText);
  return asList(at(spec, "rules")).flatMap((rule) => {
    const [backend] = asList(at(rule, "backendRefs"));
    if (at(rule, "filters") !== undefined || backend === undefined) return [];
    const to = { service: asText(at(backend, "name")), port: at(backend, "port") ?? "" };
    return matchesOf(rule).flatMap((match) =>
      hosts.map((host) => ({
        host,
        path: asText(at(match, "path", "value")) || "/",
        exact: at(match, "path", "type") === "Exact",
        ...to,
      })),
    );
  });
}

/** Without any, a rule is for all paths. */
function matchesOf(rule: Json): readonly Json[] {
  const matches = asList(at(rule, "matches"));
  if (matches.length === 0) return [{}];
  return matches.filter(
    (match) =>
      ["headers", "queryParams", "method"].every((field) => at(match, field) === undefined) &&
      at(match, "path", "type") !== "RegularExpression",
  );
}
