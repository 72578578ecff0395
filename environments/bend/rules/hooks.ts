import type { Manifest } from "../../../kube/manifest.js";
import type { Phase, Rule } from "../context.js";
import { nameOf, withoutFields } from "../manifests.js";

const HOOK = "helm.sh/hook";
const WEIGHT = "helm.sh/hook-weight";
const ANNOTATIONS = [HOOK, WEIGHT, "helm.sh/hook-delete-policy", "helm.sh/hook-output-log-policy"];
/** Those that run when a chart is installed or upgraded; the first that an object has tells when it is made. */
const PHASES: readonly (readonly [string, Phase])[] = [
  ["pre-install", "before"],
  ["post-install", "after"],
  ["pre-upgrade", "before"],
  ["post-upgrade", "after"],
];

/**
 * Helm's hooks become ordinary objects, made before or after the rest of the chart; those of tests, deletions and
 * rollbacks are left out. https://helm.sh/docs/topics/charts_hooks/
 */
export const bendHooks: Rule = (object) => {
  const { manifest } = object;
  const text = manifest.metadata.annotations?.[HOOK];
  if (text === undefined) return { object, notes: [] };
  const hooks = text.split(",").map((hook) => hook.trim());
  const found = PHASES.find(([hook]) => hooks.includes(hook));
  if (found === undefined) {
    return { object: undefined, notes: [`${nameOf(manifest)} is left out: it is a hook (${hooks.join(", ")})`] };
  }
  const [, phase] = found;
  const weight = Number(manifest.metadata.annotations?.[WEIGHT] ?? 0);
  return {
    object: { ...object, manifest: withoutHook(manifest), phase, weight: Number.isNaN(weight) ? 0 : weight },
    notes: [`${nameOf(manifest)} is a hook (${hooks.join(", ")}): it is made ${phase} the rest of the chart and stays`],
  };
};

function withoutHook(manifest: Manifest): Manifest {
  const { annotations = {}, ...metadata } = manifest.metadata;
  const kept = withoutFields(annotations, ANNOTATIONS);
  return {
    ...manifest,
    metadata:
      Object.keys(kept).length === 0 ? metadata : { ...manifest.metadata, annotations: kept as Record<string, string> },
  };
}
