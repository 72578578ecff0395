import { bendHooks } from "../../../environments/bend/rules/hooks.js";
import { bendJobs } from "../../../environments/bend/rules/jobs.js";
import { unbent } from "../../../environments/bend/bend.js";
import { rewriteImage, type ImageRule } from "../../../environments/bend/images.js";
import { CLUSTER_KINDS } from "../../../environments/bend/kinds.js";
import { withContainers, withPodTemplate } from "../../../environments/bend/pods.js";
import { type ChartObject, toPlanned } from "../../../environments/plan/order.js";
import type { RenderedObject } from "../../../environments/render/rendered.js";
import type { Json, Manifest } from "../../../kube/manifest.js";
import { asText, at, isJsonObject } from "../../../kube/object.js";

/** What a chart is bent for. */
export interface ChartPlace {
  /** Name of the chart, with which the objects' names in the stack begin. */
  readonly chart: string;
  /** Of objects that name none. */
  readonly namespace: string;
  readonly images: readonly ImageRule[];
  /** By `<group>/<kind>`: whether the definitions that the charts bring put it into namespaces. */
  readonly scopes: ReadonlyMap<string, boolean>;
}

/** The chart's objects as the cluster stack registers them; those of its tests and removals are left out. */
export function chartObjects(rendered: readonly RenderedObject[], place: ChartPlace): readonly ChartObject[] {
  return rendered.flatMap((origin) => {
    const hook = bendHooks(unbent(origin)).object;
    const job = hook === undefined ? undefined : bendJobs(hook).object;
    if (job === undefined) return [];
    const manifest = withNamespace(withImages(slim(unawaited(job.manifest)), place.images), place);
    const planned = toPlanned({ ...job, manifest }, place.chart);
    const { namespace = "" } = manifest.metadata;
    const id = [place.chart, ...(namespace === "" ? [] : [namespace]), manifest.kind, manifest.metadata.name].join("/");
    return [{ ...planned, id, phase: job.phase, weight: job.weight }];
  });
}

/** By `<group>/<kind>`: whether definitions among these objects put the kind into namespaces. */
export function definedScopes(rendered: readonly RenderedObject[]): ReadonlyMap<string, boolean> {
  return new Map(
    rendered
      .filter(({ manifest }) => isDefinition(manifest))
      .map(({ manifest }) => [definedKind(manifest), at(manifest["spec"], "scope") === "Namespaced"]),
  );
}

export function isDefinition({ kind }: Manifest): boolean {
  return kind === "CustomResourceDefinition";
}

/** `<group>/<kind>` of what a definition defines. */
export function definedKind({ spec }: Manifest): string {
  return `${asText(at(spec, "group"))}/${asText(at(spec, "names", "kind"))}`;
}

/** `<group>/<kind>` of an object. */
export function groupKind({ apiVersion, kind }: Manifest): string {
  return `${apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : ""}/${kind}`;
}

function withNamespace(manifest: Manifest, { namespace, scopes }: ChartPlace): Manifest {
  const isNamespaced = scopes.get(groupKind(manifest)) ?? !(CLUSTER_KINDS as readonly string[]).includes(manifest.kind);
  if (!isNamespaced || manifest.metadata.namespace !== undefined) return manifest;
  return { ...manifest, metadata: { ...manifest.metadata, namespace } };
}

function withImages(manifest: Manifest, images: readonly ImageRule[]): Manifest {
  return withPodTemplate(manifest, (template) =>
    withContainers(template, (container) => {
      const { image } = container;
      return typeof image === "string" ? { ...container, image: rewriteImage(image, images) } : container;
    }),
  );
}

/** Workloads are awaited themselves; a Service with a selector would add ten seconds of its own. */
function unawaited(manifest: Manifest): Manifest {
  if (manifest.kind !== "Service") return manifest;
  const annotations = { ...manifest.metadata.annotations, "pulumi.com/skipAwait": "true" };
  return { ...manifest, metadata: { ...manifest.metadata, annotations } };
}

/**
 * A definition without the descriptions in its schemas, which are two thirds of it: the engine keeps, compares and logs
 * all of it in every run, which is most of what an update without changes takes.
 */
function slim(manifest: Manifest): Manifest {
  return isDefinition(manifest) ? (withoutDescriptions(manifest) as Manifest) : manifest;
}

/** A property that is called `description` is an object, not text. */
function withoutDescriptions(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(withoutDescriptions);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([key, item]) => key !== "description" || typeof item !== "string");
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutDescriptions(item ?? null)]));
}
