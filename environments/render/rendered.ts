import type { Manifest } from "../../kube/manifest.js";
import type { ResolvedService } from "../../services/resolved.js";

/** Where a value is in an object: `["spec", "containers", 0, "image"]`. */
export type Path = readonly (string | number)[];

/** What is rendered: a chart's folder, the name of its release, and how messages call the chart. */
export type ChartSource = Pick<ResolvedService, "name" | "chart" | "source">;

/** One object of a rendered chart, before anything is bent. */
export interface RenderedObject {
  /** File of the chart that it comes from, such as `services/bos/templates/web.yaml`. */
  readonly file: string;
  /** Line at which its text begins in what `helm template --show-only` prints of that file, counted from 1. */
  readonly line: number;
  /** The YAML document that it was read from. */
  readonly text: string;
  readonly manifest: Manifest;
  /** Where a second rendering gave another value: random passwords, certificates, times. */
  readonly unstable: readonly Path[];
}

/** The objects that a chart makes. */
export interface RenderedChart {
  readonly objects: readonly RenderedObject[];
  /** The chart's own text files by their names in `RenderedObject.file`; those of packed subcharts are not among them. */
  readonly files: Readonly<Record<string, string>>;
  /** True when a template calls `lookup`, which finds nothing in a rendered chart. */
  readonly usesLookup: boolean;
}

/** A service with the objects that its chart makes. */
export interface RenderedService extends RenderedChart {
  readonly service: ResolvedService;
}
