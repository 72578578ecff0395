import { ANNOTATIONS, LABELS, ownerLabel } from "../../naming.js";
import type { PlannedObject } from "../plan/types.js";
import type { TenancyContext } from "./context.js";

/** The namespace: whose it is, in labels that policies and `list` select by; what changes, in annotations. */
export function namespace({ config, facts, backend, summary }: TenancyContext): PlannedObject {
  const { name, owner, collaborators } = config;
  return {
    id: `Namespace/${name}`,
    manifest: {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: {
        name,
        labels: {
          [LABELS.managed]: "true",
          [LABELS.env]: name,
          [LABELS.owner]: ownerLabel(owner),
          // https://kubernetes.io/docs/concepts/security/pod-security-admission/
          "pod-security.kubernetes.io/enforce": "baseline",
          "pod-security.kubernetes.io/warn": "restricted",
        },
        annotations: {
          [ANNOTATIONS.profile]: config.profile,
          [ANNOTATIONS.size]: config.size,
          ...(collaborators.length === 0 ? {} : { [ANNOTATIONS.collaborators]: collaborators.join(",") }),
          [ANNOTATIONS.cluster]: facts.uid,
          [ANNOTATIONS.backend]: backend,
          [ANNOTATIONS.summary]: JSON.stringify(summary),
        },
      },
    },
    after: [],
    ignoreChanges: [],
  };
}
