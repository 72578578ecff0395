import type { Json, JsonObject, Manifest } from "../../../kube/manifest.js";
import { asList, asText, isJsonObject } from "../../../kube/object.js";
import type { Rule } from "../context.js";
import { asObject, nameOf, objectsIn, withoutFields } from "../manifests.js";

/** The older way to name a class; the API server refuses an Ingress that has both. */
const CLASS = "kubernetes.io/ingress.class";

/**
 * Ingresses answer on hosts of the environment alone, are served by the cluster's gateway, and need no certificate of
 * their own: one wildcard certificate serves all hosts.
 */
export const bendIngresses: Rule = (object, { facts, hosts }) => {
  const { manifest } = object;
  if (manifest.kind !== "Ingress") return { object, notes: [] };
  const { tls, defaultBackend, ...spec } = asObject(manifest["spec"]);
  const rules = [...objectsIn(spec["rules"]), ...rulesOfDefault(defaultBackend)];
  const notes = rules.flatMap(({ host }) => {
    const old = typeof host === "string" ? host : "";
    const bent = hosts[old];
    if (bent === undefined) return [];
    return [`${nameOf(manifest)}: ${old === "" ? "no host" : `the host ${old}`} becomes ${bent}`];
  });
  const className = asText(spec["ingressClassName"] ?? manifest.metadata.annotations?.[CLASS]);
  if (facts.gateway === undefined && className !== "" && className !== facts.ingressClass) {
    notes.push(`${nameOf(manifest)}: the class ${className} becomes ${facts.ingressClass}`);
  }
  if (asList(tls).length > 0)
    notes.push(`${nameOf(manifest)}: tls is dropped: the cluster's gateway has the certificate`);
  const bentRules = rules.map((rule) => ({ ...rule, host: hosts[hostOf(rule)] ?? hostOf(rule) }));
  const bent = { ...spec, ingressClassName: facts.ingressClass, rules: bentRules };
  return { object: { ...object, manifest: { ...withAnnotations(manifest), spec: bent } }, notes: [...new Set(notes)] };
};

/** The host of a rule; empty where it has none, and so would answer for every host of the cluster. */
export function hostOf({ host }: JsonObject): string {
  return typeof host === "string" ? host : "";
}

/** A default backend is a rule without host. */
export function rulesOfDefault(backend: Json | undefined): readonly JsonObject[] {
  return isJsonObject(backend) ? [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] : [];
}

function withAnnotations(manifest: Manifest): Manifest {
  // The address comes from the shared gateway; an environment is usable before it is written here.
  const annotations = {
    ...withoutFields(manifest.metadata.annotations ?? {}, [CLASS]),
    "pulumi.com/skipAwait": "true",
  };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}
