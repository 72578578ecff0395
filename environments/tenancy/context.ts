import type { ClusterFacts } from "../../cluster/outputs.js";
import type { EnvironmentConfig } from "../../config.js";
import type { Manifest } from "../../kube/manifest.js";
import { LABELS } from "../../naming.js";
import type { EnvironmentSummary } from "../plan/summary.js";
import type { PlannedObject } from "../plan/types.js";

/** What the walls of an environment are made from. */
export interface TenancyContext {
  readonly config: EnvironmentConfig;
  readonly facts: ClusterFacts;
  /** URL of the backend that keeps the environment's stack. */
  readonly backend: string;
  readonly summary: EnvironmentSummary;
}

/** An object that every environment has: labelled, in the environment's namespace. */
export function tenancyObject(environment: string, manifest: Manifest): PlannedObject {
  const { apiVersion, kind, metadata, ...rest } = manifest;
  const labels = { [LABELS.env]: environment };
  return {
    id: `${kind}/${metadata.name}`,
    manifest: { apiVersion, kind, metadata: { ...metadata, namespace: environment, labels }, ...rest },
    after: [],
    ignoreChanges: [],
  };
}
