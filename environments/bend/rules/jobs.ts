import { hash, jobName } from "../../../naming.js";
import { without } from "../../render/paths.js";
import type { Bent, BentObject } from "../context.js";
import { asObject, withoutFields } from "../manifests.js";

/**
 * A Job cannot be changed: its name carries a hash of what it does, so that a changed one is a new Job, which runs.
 * One that runs once keeps its name, and what it was made with.
 * A Job that removed itself when done would be made again, and run again, by a later refresh.
 */
export function bendJobs(object: BentObject): Bent {
  const { manifest, origin } = object;
  if (manifest.kind !== "Job") return { object, notes: [] };
  const spec = withoutFields(asObject(manifest["spec"]), ["ttlSecondsAfterFinished"]);
  if (object.once) return { object: { ...object, manifest: { ...manifest, spec } }, notes: [] };
  const stable = without({ ...manifest, spec }, origin.unstable);
  const digest = hash(JSON.stringify(asObject(stable)["spec"]));
  const name = jobName(manifest.metadata.name, digest);
  return {
    object: { ...object, manifest: { ...manifest, metadata: { ...manifest.metadata, name }, spec } },
    notes: [],
  };
}
