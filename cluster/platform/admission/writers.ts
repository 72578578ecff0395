import type { PlannedObject } from "../../../environments/plan/types.js";
import { ANNOTATIONS, LABELS, userName } from "../../../naming.js";
import { admissionPolicy, literal } from "./policy.js";

const PREFIX = literal(userName(""));

/** In an environment write its owner, its collaborators and its own service accounts, whatever RBAC gives to others. */
export function writersPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-writers",
    resources: { "*": ["*/*"] },
    operations: ["CREATE", "UPDATE", "DELETE", "CONNECT"],
    scope: "environments",
    appliesTo: "users",
    variables: {
      owner: `${PREFIX} + namespaceObject.metadata.labels[${literal(LABELS.owner)}]`,
      listed:
        `has(namespaceObject.metadata.annotations) && ${literal(ANNOTATIONS.collaborators)} in namespaceObject.metadata.annotations` +
        ` ? namespaceObject.metadata.annotations[${literal(ANNOTATIONS.collaborators)}].split(',') : []`,
    },
    validations: [
      {
        expression:
          "request.userInfo.username == variables.owner || " +
          `variables.listed.exists(person, ${PREFIX} + person == request.userInfo.username) || ` +
          "request.userInfo.groups.exists(group, group == 'system:serviceaccounts:' + request.namespace)",
        message:
          "'the environment ' + request.namespace + ' is that of ' + variables.owner + ': ' + request.userInfo.username + ' may look, but not write'",
      },
    ],
  });
}
