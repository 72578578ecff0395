import type { ClusterFacts } from "../../cluster/outputs.js";
import type { JsonObject, Manifest } from "../../kube/manifest.js";
import { asText } from "../../kube/object.js";
import { hash } from "../../naming.js";
import { httpRoute, portNumber, type RoutedPath } from "../plan/http-routes.js";
import type { BentObject } from "./context.js";
import { asObject, nameOf, objectsIn, withoutFields } from "./manifests.js";
import { hostOf } from "./rules/ingresses.js";

/** What an Ingress is bent to where nothing serves Ingresses. */
export interface InPlaceOfIngress {
  readonly objects: readonly BentObject[];
  /** What is lost, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * A cluster with a Gateway has no ingress controller: a chart's Ingress, bent already, becomes one HTTPRoute for each
 * host. Other objects, and all objects of clusters without a Gateway, stay as they are.
 * @param manifests all objects of the chart, for the numbers of ports
 */
export function inPlaceOfIngress(
  object: BentObject,
  manifests: readonly Manifest[],
  gateway: ClusterFacts["gateway"],
): InPlaceOfIngress {
  const { manifest, origin } = object;
  if (manifest.kind !== "Ingress" || gateway === undefined) return { objects: [object], notes: [] };
  const notes: string[] = [];
  const rules = objectsIn(asObject(manifest["spec"])["rules"]);
  const hosts = [...new Set(rules.map(hostOf))];
  const objects = hosts.flatMap((host, index) => {
    const paths = pathsOf(rules, host).flatMap((path) => {
      const routed = toRoutedPath(path, manifests);
      if (routed !== undefined) return [routed];
      notes.push(`${nameOf(manifest)}: ${host}${asText(path["path"])} leads to no port of a Service of the chart`);
      return [];
    });
    if (paths.length === 0) return [];
    const { annotations: _, ...metadata } = manifest.metadata;
    const name = index === 0 ? metadata.name : `${metadata.name}-${hash(host)}`;
    const route = httpRoute({ ...metadata, name }, { host, paths }, gateway);
    // What is new at each rendering is told by paths of the Ingress, which mean nothing in a route.
    return [{ ...object, manifest: route, origin: { ...origin, unstable: [] } }];
  });
  const annotations = Object.keys(withoutFields(manifest.metadata.annotations ?? {}, ["pulumi.com/skipAwait"]));
  if (annotations.length > 0) {
    notes.push(`${nameOf(manifest)}: the cluster's gateway knows no ${annotations.join(", ")}`);
  }
  return { objects, notes };
}

function pathsOf(rules: readonly JsonObject[], host: string): readonly JsonObject[] {
  return rules.filter((rule) => hostOf(rule) === host).flatMap((rule) => objectsIn(asObject(rule["http"])["paths"]));
}

function toRoutedPath(path: JsonObject, manifests: readonly Manifest[]): RoutedPath | undefined {
  const { name, port } = asObject(asObject(path["backend"])["service"]);
  const { name: portName, number } = asObject(port);
  if (typeof name !== "string") return undefined;
  const found = portNumber(manifests, name, typeof number === "number" ? number : asText(portName));
  if (found === undefined) return undefined;
  const text = asText(path["path"]);
  return {
    type: path["pathType"] === "Exact" ? "Exact" : "PathPrefix",
    path: text === "" ? "/" : text,
    service: name,
    port: found,
  };
}
