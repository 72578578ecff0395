import type { PlannedObject } from "../../../environments/plan/types.js";
import { LABELS } from "../../../naming.js";
import { admissionPolicy, literal } from "./policy.js";

const isEnvironment = (object: string): string =>
  `${object} != null && has(${object}.metadata.labels) && ${literal(LABELS.managed)} in ${object}.metadata.labels`;

/** Environments' namespaces, which carry owner and Pod Security level, are made, changed and removed by ed8kctl alone. */
export function namespacesPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-namespaces",
    resources: { "": ["namespaces", "namespaces/finalize"] },
    operations: ["CREATE", "UPDATE", "DELETE"],
    scope: "cluster",
    appliesTo: "users",
    validations: [
      {
        expression: `!(${isEnvironment("object")}) && !(${isEnvironment("oldObject")})`,
        message: "'the namespace of an environment is made and changed by ed8kctl only'",
      },
    ],
  });
}
