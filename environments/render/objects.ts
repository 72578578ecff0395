import type { Fault } from "../../errors.js";
import type { Json, JsonObject, Manifest } from "../../kube/manifest.js";
import { asText, isJsonObject } from "../../kube/object.js";
import { splitDocuments, type PrintedDocument } from "./documents.js";
import { fileOf, yamlFaults } from "./failures.js";
import { locate } from "./locate.js";
import { differences, formatPath } from "./paths.js";
import type { ChartSource, Path, RenderedChart, RenderedObject } from "./rendered.js";
import { readYaml } from "./yaml.js";

export interface ReadObjects {
  readonly objects: readonly RenderedObject[];
  readonly faults: readonly Fault[];
}

/** The objects of what helm printed of a chart; lists are taken apart. */
export function readObjects(service: ChartSource, printed: string, files: RenderedChart["files"]): ReadObjects {
  const read = splitDocuments(printed).map((document) => readDocument(service, document, files));
  return { objects: read.flatMap(({ objects }) => objects), faults: read.flatMap(({ faults }) => faults) };
}

function readDocument(
  service: ChartSource,
  { source, line, text }: PrintedDocument,
  files: RenderedChart["files"],
): ReadObjects {
  const file = fileOf(service, source);
  const result = readYaml(text);
  if ("faults" in result) {
    return { objects: [], faults: yamlFaults({ file, line, text, template: files[file] }) };
  }
  // A document of comments only.
  if (result.value === null || result.value === undefined) return { objects: [], faults: [] };
  const values = itemsOf(result.value as Json);
  const objects = values.filter(isManifest).map((manifest) => ({ file, line, text, manifest, unstable: [] }));
  const faults = values.filter((value) => !isManifest(value)).map((value) => notAnObject(value, `${file}:${line}`));
  return { objects, faults };
}

/** A `List` is no object of its own, nor is one of a kind: `RoleList`, `ConfigMapList`; lists may hold lists. */
function itemsOf(value: Json): readonly Json[] {
  if (!isJsonObject(value) || !asText(value["kind"]).endsWith("List") || !Array.isArray(value["items"])) return [value];
  return (value["items"] as readonly Json[]).flatMap(itemsOf);
}

function isManifest(value: Json): value is Manifest {
  if (!isJsonObject(value) || !isJsonObject(value["metadata"])) return false;
  return [value["apiVersion"], value["kind"], value["metadata"]["name"]].every(
    (field) => typeof field === "string" && field !== "",
  );
}

function notAnObject(value: Json, where: string): Fault {
  const { apiVersion, kind, metadata }: JsonObject = isJsonObject(value) ? value : {};
  const name = isJsonObject(metadata) ? metadata["name"] : undefined;
  const missing = Object.entries({ apiVersion, kind, "metadata.name": name })
    .filter(([, field]) => typeof field !== "string" || field === "")
    .map(([field]) => field);
  return {
    where: `${where} (as rendered)`,
    problem: `is no Kubernetes object: ${missing.join(", ")} must be text`,
    hint: "a template that makes nothing must print nothing",
  };
}

/**
 * Marks what renderings of a chart disagree about.
 * An object that has another name each time cannot be kept and is a fault.
 */
export function markUnstable(
  files: RenderedChart["files"],
  one: readonly RenderedObject[],
  others: readonly (readonly RenderedObject[])[],
): ReadObjects {
  const twins = others.map((objects) => new Map(objects.map((object) => [identity(object), object])));
  const faults: Fault[] = [];
  const objects = one.map((object) => {
    const found = twins.flatMap((twin) => twin.get(identity(object)) ?? []);
    if (found.length === twins.length) return { ...object, unstable: unstablePaths(object, found) };
    faults.push({
      where: locate({ files }, object, ["metadata", "name"]),
      problem: `${object.manifest.kind} "${object.manifest.metadata.name}" has another name each time the chart is rendered`,
      hint: "give it a fixed name; a Job runs again by itself when what it does changes",
    });
    return object;
  });
  return { objects, faults };
}

function unstablePaths({ manifest }: RenderedObject, twins: readonly RenderedObject[]): Path[] {
  const paths = twins.flatMap((twin) => differences(manifest, twin.manifest));
  return [...new Map(paths.map((path) => [formatPath(path), path])).values()];
}

function identity({ manifest: { apiVersion, kind, metadata } }: RenderedObject): string {
  return [apiVersion, kind, metadata.namespace ?? "", metadata.name].join("/");
}
