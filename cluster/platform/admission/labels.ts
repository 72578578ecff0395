import type { PlannedObject } from "../../../environments/plan/types.js";
import { LABEL_PREFIX, LABELS } from "../../../naming.js";
import { admissionPolicy, literal } from "./policy.js";

const ENV = literal(LABELS.env);
const OURS = `label.startsWith(${literal(LABEL_PREFIX)})`;

/**
 * `ed8k.dev/…` labels say whose an object is: users neither change them nor claim another environment's. An object that
 * has none may get them, as the service account that Kubernetes makes does.
 */
export function labelsPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-labels",
    resources: { "*": ["*"] },
    operations: ["CREATE", "UPDATE"],
    scope: "environments",
    appliesTo: "users",
    variables: {
      before: "request.operation == 'UPDATE' && has(oldObject.metadata.labels) ? oldObject.metadata.labels : {}",
      after: "has(object.metadata.labels) ? object.metadata.labels : {}",
    },
    validations: [
      {
        expression:
          "request.operation != 'UPDATE' || " +
          `(variables.before.all(label, !${OURS} || (label in variables.after && variables.after[label] == variables.before[label])) && ` +
          `(variables.before.all(label, !${OURS}) || variables.after.all(label, !${OURS} || label in variables.before)))`,
        message: `${literal(`labels that begin with ${LABEL_PREFIX} cannot be changed`)}`,
      },
      {
        expression: `!(${ENV} in variables.after) || variables.after[${ENV}] == request.namespace`,
        message: `${literal(`the label ${LABELS.env} must be the environment's name: `)} + request.namespace`,
      },
    ],
  });
}
