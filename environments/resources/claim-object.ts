import type { Manifest } from "../../kube/manifest.js";
import { LABELS } from "../../naming.js";
import type { PlannedObject } from "../plan/types.js";
import type { Claim, DriverContext } from "./driver.js";

/** Object of a claim: labelled, in the environment's namespace. */
export function claimObject(claim: Claim, { environment }: DriverContext, manifest: Manifest): PlannedObject {
  const { metadata, apiVersion, kind, ...rest } = manifest;
  return {
    id: `${claim.service}/${kind}/${metadata.name}`,
    manifest: {
      apiVersion,
      kind,
      metadata: { ...metadata, namespace: environment, labels: claimLabels(claim, environment) },
      ...rest,
    },
    after: [],
    ignoreChanges: [],
  };
}

/** What objects and pods of a claim say of themselves. */
export function claimLabels(claim: Claim, environment: string): Record<string, string> {
  return { [LABELS.env]: environment, [LABELS.service]: claim.service, [LABELS.claim]: claim.name };
}
