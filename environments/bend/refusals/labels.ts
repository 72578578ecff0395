import { LABEL_PREFIX, LABELS } from "../../../naming.js";
import type { Finding, Refusal } from "../context.js";
import { podTemplatePath } from "../kinds.js";
import { asObject, nameOf } from "../manifests.js";
import { valueAt } from "../../render/paths.js";

/** Labels and annotations by which an object would claim to be another environment's, or the platform's. */
export const refuseLabels: Refusal = (manifest, { environment, service }) => {
  const right: Readonly<Record<string, string>> = { [LABELS.env]: environment, [LABELS.service]: service };
  const template = podTemplatePath(manifest);
  const metadata = [
    ["metadata"],
    ...(manifest.kind === "CronJob" ? [["spec", "jobTemplate", "metadata"]] : []),
    ...(template === undefined || template.length === 0 ? [] : [[...template, "metadata"]]),
  ];
  const places = metadata.flatMap((path) => [
    [...path, "labels"],
    [...path, "annotations"],
  ]);
  return places.flatMap((path) =>
    Object.entries(asObject(valueAt(manifest, path))).flatMap(([key, value]): Finding[] => {
      if (!key.startsWith(LABEL_PREFIX) || right[key] === value) return [];
      const problem = `${nameOf(manifest)} sets ${key} to ${JSON.stringify(value)}; only ED8K sets what begins with ${LABEL_PREFIX}`;
      return [{ path: [...path, key], problem, hint: "leave it out; the right one is added" }];
    }),
  );
};
