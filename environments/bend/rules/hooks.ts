import type { Manifest } from "../../../kube/manifest.js";
import type { Bent, BentObject, Phase } from "../context.js";
import { nameOf, withoutFields } from "../manifests.js";

const HOOK = "helm.sh/hook";
const WEIGHT = "helm.sh/hook-weight";
const ANNOTATIONS = [HOOK, WEIGHT, "helm.sh/hook-delete-policy", "helm.sh/hook-output-log-policy"];
/** Those that run when a chart is installed or upgraded; the first that an object has tells when it is made. */
const PHASES: readonly (readonly [string, Phase])[] = [
  ["pre-install", "before"],
  ["post-install", "after"],
  // There is nothing to upgrade at first, and the rest that it counts on is not there.
  ["pre-upgrade", "after"],
  ["post-upgrade", "after"],
];

/**
 * Helm's hooks become ordinary objects, made before or after the rest of the chart; those of tests, deletions and
 * rollbacks are left out. https://helm.sh/docs/topics/charts_hooks/
 */
export function bendHooks(object: BentObject): Bent {
  const { manifest } = object;
  const text = manifest.metadata.annotations?.[HOOK];
  if (typeof text !== "string") return { object, notes: [] };
  const hooks = text.split(",").map((hook) => hook.trim());
  const found = PHASES.find(([hook]) => hooks.includes(hook));
  if (found === undefined) {
    return { object: undefined, notes: [`${nameOf(manifest)} is left out: it is a hook (${hooks.join(", ")})`] };
  }
  const [, phase] = found;
  const once = runsOnce(manifest, hooks);
  const weight = Number(manifest.metadata.annotations?.[WEIGHT] ?? 0);
  return {
    object: { ...object, manifest: withoutHook(manifest), phase, weight: Number.isNaN(weight) ? 0 : weight, once },
    notes: [
      `${nameOf(manifest)} is a hook (${hooks.join(", ")}): it is made ${phase} the rest of the chart and ${once ? "runs once: changes of the chart do not run it again" : "stays"}`,
    ],
  };
}

/** What was made to run when the chart is installed, and not when it is upgraded. */
function runsOnce({ kind }: Manifest, hooks: readonly string[]): boolean {
  return ["Job", "Pod"].includes(kind) && !hooks.some((hook) => hook.endsWith("-upgrade"));
}

function withoutHook(manifest: Manifest): Manifest {
  const { annotations = {}, ...metadata } = manifest.metadata;
  const kept = withoutFields(annotations, ANNOTATIONS);
  return {
    ...manifest,
    metadata:
      Object.keys(kept).length === 0 ? metadata : { ...manifest.metadata, annotations: kept as Record<string, string> },
  };
}
