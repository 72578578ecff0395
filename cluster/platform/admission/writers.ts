import type { PlannedObject } from "../../../environments/plan/types.js";
import { ANNOTATIONS, LABELS, OWNER_AT, userName } from "../../../naming.js";
import { admissionPolicy, literal } from "./policy.js";

const PREFIX = literal(userName(""));

/** CEL: the user name of who owns the environment whose namespace an expression gives; its label cannot hold an "@". */
export function ownerOf(namespace: string): string {
  return `${PREFIX} + ${namespace}.metadata.labels[${literal(LABELS.owner)}].replace(${literal(OWNER_AT)}, '@')`;
}

/** CEL: names of the people who work with the owner, as the namespace tells them. */
export function listedIn(namespace: string): string {
  const key = literal(ANNOTATIONS.collaborators);
  return (
    `has(${namespace}.metadata.annotations) && ${key} in ${namespace}.metadata.annotations` +
    ` ? ${namespace}.metadata.annotations[${key}].split(',') : []`
  );
}

/** CEL, of the variables `owner` and `listed`: whoever asks is one of them. */
export const IS_OWNER = "request.userInfo.username == variables.owner";
export const IS_LISTED = `variables.listed.exists(person, ${PREFIX} + person == request.userInfo.username)`;

/** In an environment write its owner, its collaborators and its own service accounts, whatever RBAC gives to others. */
export function writersPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-writers",
    resources: { "*": ["*/*"] },
    exceptNamespaces: true,
    operations: ["CREATE", "UPDATE", "DELETE", "CONNECT"],
    scope: "environments",
    appliesTo: "users",
    variables: {
      owner: ownerOf("namespaceObject"),
      listed: listedIn("namespaceObject"),
    },
    validations: [
      {
        expression:
          `${IS_OWNER} || ${IS_LISTED} || ` +
          "request.userInfo.groups.exists(group, group == 'system:serviceaccounts:' + request.namespace)",
        message:
          "'the environment ' + request.namespace + ' is that of ' + variables.owner + ': ' + request.userInfo.username + ' may look, but not write'",
      },
    ],
  });
}
