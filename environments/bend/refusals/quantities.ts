import type { JsonObject } from "../../../kube/manifest.js";
import { parseQuantity } from "../../../kube/quantity.js";
import { valueAt } from "../../render/paths.js";
import type { Finding, Refusal } from "../context.js";
import { podTemplatePath } from "../kinds.js";
import { asObject, nameOf, objectsIn } from "../manifests.js";
import { CONTAINER_LISTS } from "../pods.js";

/** Amounts of CPU, memory and storage that are no quantities, so that nobody could tell what they add up to. */
export const refuseQuantities: Refusal = (manifest) => {
  const template = podTemplatePath(manifest);
  const spec = asObject(manifest["spec"]);
  const found = [
    ...(template === undefined ? [] : inPods(manifest, [...template, "spec"])),
    ...(manifest.kind === "PersistentVolumeClaim" ? inResources(spec, ["spec"]) : []),
    ...objectsIn(spec["volumeClaimTemplates"]).flatMap((claim, index) =>
      inResources(asObject(claim["spec"]), ["spec", "volumeClaimTemplates", index, "spec"]),
    ),
  ];
  return found.map((finding) => ({ ...finding, problem: `${nameOf(manifest)}: ${finding.problem}` }));
};

type Path = Finding["path"];

function inPods(manifest: JsonObject, at: readonly string[]): Finding[] {
  const spec = asObject(valueAt(manifest, at));
  const claim = ["ephemeral", "volumeClaimTemplate", "spec"];
  return [
    ...inResources(spec, at),
    ...CONTAINER_LISTS.flatMap((list) =>
      objectsIn(spec[list]).flatMap((container, index) => inResources(container, [...at, list, index])),
    ),
    ...objectsIn(spec["volumes"]).flatMap((volume, index) =>
      inResources(asObject(valueAt(volume, claim)), [...at, "volumes", index, ...claim]),
    ),
  ];
}

function inResources({ resources }: JsonObject, at: Path): Finding[] {
  return ["requests", "limits"].flatMap((part) =>
    Object.entries(asObject(asObject(resources)[part])).flatMap(([name, value]) => {
      if (value === null || parseQuantity(value) !== undefined) return [];
      const problem = `${part}.${name} ${JSON.stringify(value)} is no quantity; write such as 250m, 512Mi, 10Gi`;
      return [{ path: [...at, "resources", part, name], problem, hint: "correct it in the chart's values" }];
    }),
  );
}
