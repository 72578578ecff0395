import type { Note } from "../plan/types.js";
import { formatPath } from "../render/paths.js";
import type { RenderedObject, RenderedService } from "../render/rendered.js";
import { nameOf } from "./manifests.js";

/** What the user should know of a chart as a whole. */
export function chartNotes({ service, files, usesLookup }: RenderedService): Note[] {
  const notes: Note[] = [];
  if (usesLookup) {
    const text = "a template calls lookup, which finds nothing: charts are rendered without a cluster";
    notes.push({ subject: service.name, rule: "lookup", text });
  }
  if (Object.keys(files).some((file) => /(^|\/)crds\/[^/]+\.ya?ml$/.test(file.slice(service.source.length)))) {
    const text = "its CustomResourceDefinitions (crds/) are left out: they belong to the whole cluster";
    notes.push({ subject: service.name, rule: "bent", text });
  }
  return notes;
}

/** Values that the chart makes anew each time would change with every update; they stay as they were made first. */
export function unstableNotes({ manifest, unstable }: RenderedObject, service: string): Note[] {
  if (unstable.length === 0) return [];
  const paths = unstable.map(formatPath).join(", ");
  const text = `${nameOf(manifest)}: ${paths} ${unstable.length === 1 ? "is" : "are"} new at each rendering; the first value is kept`;
  return [{ subject: service, rule: "unstable", text }];
}
