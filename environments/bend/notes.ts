import type { Note } from "../plan/types.js";
import { formatPath, wholeLists } from "../render/paths.js";
import type { RenderedObject, RenderedService } from "../render/rendered.js";
import { nameOf } from "./manifests.js";

/** What the user should know of a chart as a whole. */
export function chartNotes({ service, objects, files, usesLookup }: RenderedService): Note[] {
  const notes: Note[] = [];
  if (usesLookup) {
    const text = "a template calls lookup, which finds nothing: charts are rendered without a cluster";
    notes.push({ subject: service.name, rule: "lookup", text });
  }
  if (Object.keys(files).some((file) => /(^|\/)crds\/[^/]+\.ya?ml$/.test(file.slice(service.source.length)))) {
    const text = "its CustomResourceDefinitions (crds/) are left out: they belong to the whole cluster";
    notes.push({ subject: service.name, rule: "bent", text });
  }
  return [...notes, ...keepNotes(service.name, objects), ...accessNotes(service.name, objects)];
}

/** https://helm.sh/docs/howto/charts_tips_and_tricks/#tell-helm-not-to-uninstall-a-resource */
const KEEP = "helm.sh/resource-policy";

function keepNotes(subject: string, objects: readonly RenderedObject[]): Note[] {
  return objects.flatMap(({ manifest }) => {
    if (manifest.metadata.annotations?.[KEEP] !== "keep") return [];
    const text = `${nameOf(manifest)} is not kept (${KEEP}): it goes when the service is stopped`;
    return [{ subject, rule: "bent", text }];
  });
}

/** A service account with rights means a pod that calls the API server. */
function accessNotes(subject: string, objects: readonly RenderedObject[]): Note[] {
  const names = objects.flatMap(({ manifest }) => (manifest.kind === "RoleBinding" ? [nameOf(manifest)] : []));
  if (names.length === 0) return [];
  const text = `${names.join(", ")}: pods have no way to the API server, so that these rights are of no use to them`;
  return [{ subject, rule: "access", text }];
}

/** Values that the chart makes anew each time would change with every update; they stay as they were made first. */
export function unstableNotes({ manifest, unstable }: RenderedObject, service: string): Note[] {
  if (unstable.length === 0) return [];
  const paths = unstable.map(formatPath).join(", ");
  // A Job that changes is a new one, all of which is new.
  const lists = manifest.kind === "Job" ? [] : wholeLists(unstable).filter((path) => !unstable.includes(path));
  const text = `${nameOf(manifest)}: ${paths} ${unstable.length === 1 ? "is" : "are"} new at each rendering; the first value is kept`;
  const all =
    lists.length === 0 ? "" : `, and with it all of ${lists.map(formatPath).join(", ")}, until the service is stopped`;
  return [{ subject: service, rule: "unstable", text: text + all }];
}
