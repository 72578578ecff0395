import type { Finding } from "../../environments/bend/context.js";
import type { RenderedObject } from "../../environments/render/rendered.js";
import { lintImages } from "./images.js";
import { lintNamespaces } from "./namespaces.js";
import { lintPorts } from "./ports.js";

/** A rule of the chart standard beyond what an environment refuses; a pure function of an object. */
export type LintRule = (object: RenderedObject) => readonly Finding[];

/** Each with the name by which messages and docs/services.md call it; for a chart's own templates, not its subcharts'. */
export const LINT_RULES: Readonly<Record<string, LintRule>> = {
  images: lintImages,
  ports: lintPorts,
  namespaces: lintNamespaces,
};
