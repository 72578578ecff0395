import { nameOf } from "../../environments/bend/manifests.js";
import type { LintRule } from "./rules.js";

/** The environment gives the namespace; a template that names one, even the release's own, cannot be moved. */
export const lintNamespaces: LintRule = ({ manifest }) => {
  const { namespace } = manifest.metadata;
  if (namespace === undefined) return [];
  const problem = `${nameOf(manifest)} names the namespace "${namespace}"`;
  return [{ path: ["metadata", "namespace"], problem, hint: "take the line out: every object goes to the release's" }];
};
