import type { Json, JsonObject } from "../../../kube/manifest.js";
import { asText } from "../../../kube/object.js";
import type { Rule } from "../context.js";
import { asObject, nameOf, objectsIn, withoutFields } from "../manifests.js";

const TYPES = ["LoadBalancer", "NodePort"];
/** Fields that make sense only for a Service that is reached from outside. */
const OUTSIDE = [
  "allocateLoadBalancerNodePorts",
  "externalIPs",
  "externalTrafficPolicy",
  "healthCheckNodePort",
  "loadBalancerClass",
  "loadBalancerIP",
  "loadBalancerSourceRanges",
];

/** True for a Service that its chart wants to be reached from outside the cluster. */
export function isOutside(spec: JsonObject): boolean {
  return TYPES.includes(asText(spec["type"]));
}

/** Services are reached through routes alone: types and fields for the outside are dropped, and readiness is not awaited. */
export const bendServices: Rule = (object) => {
  const { manifest } = object;
  if (manifest.kind !== "Service" || manifest.apiVersion !== "v1") return { object, notes: [] };
  const spec = asObject(manifest["spec"]);
  const dropped = OUTSIDE.filter((field) => isSet(spec[field]));
  const { ports, ...rest } = withoutFields(spec, OUTSIDE);
  const bent = {
    ...rest,
    ...(isOutside(spec) ? { type: "ClusterIP" } : {}),
    ...(Array.isArray(ports) ? { ports: objectsIn(ports).map((port) => withoutFields(port, ["nodePort"])) } : {}),
  };
  // Workloads are awaited themselves; a Service with a selector would add ten seconds of its own.
  const annotations = { ...manifest.metadata.annotations, "pulumi.com/skipAwait": "true" };
  const notes = [
    ...(isOutside(spec) ? [`${nameOf(manifest)}: ${asText(spec["type"])} becomes ClusterIP`] : []),
    ...(dropped.length > 0 && !isOutside(spec) ? [`${nameOf(manifest)}: ${dropped.join(", ")} are dropped`] : []),
  ];
  return {
    object: { ...object, manifest: { ...manifest, metadata: { ...manifest.metadata, annotations }, spec: bent } },
    notes,
  };
};

/** Charts print fields that nobody has set, too. */
function isSet(value: Json | undefined): boolean {
  return value !== undefined && !["null", '""', "[]", "false"].includes(JSON.stringify(value));
}
