import type { PlannedObject } from "../../../environments/plan/types.js";
import {
  ANNOTATIONS,
  ENVIRONMENT,
  ENVIRONMENT_LENGTH,
  LABEL_PREFIX,
  LABELS,
  RESERVED,
  RESERVED_PREFIXES,
} from "../../../naming.js";
import { type AdmissionRule, admissionPolicy, IS_DEVELOPER, literal, literals } from "./policy.js";
import { IS_LISTED, IS_OWNER, listedIn, ownerOf } from "./writers.js";

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
const POD_SECURITY = "pod-security.kubernetes.io/";
const COLLABORATORS = literal(ANNOTATIONS.collaborators);
const IS_ENVIRONMENT = `${literal(LABELS.managed)} in variables.before`;
const BECOMES_ONE = `${literal(LABELS.managed)} in variables.after`;

/**
 * Namespaces are self-served: developers make environments of their own and no other namespaces, owners and collaborators
 * change what is not the platform's, owners remove them. Namespaces that are no environments are looked at for developers
 * alone, whose right to make some is from us.
 */
export function namespacesPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-namespaces",
    resources: { "": ["namespaces", "namespaces/finalize", "namespaces/status"] },
    operations: ["CREATE", "UPDATE", "DELETE"],
    scope: "cluster",
    appliesTo: "users",
    variables: {
      before: labelsOf("oldObject"),
      after: labelsOf("object"),
      // The one that is there tells whose it is; a new one says so itself.
      owner: `${IS_ENVIRONMENT} ? ${ownerOf("oldObject")} : ${BECOMES_ONE} ? ${ownerOf("object")} : ''`,
      listed: `oldObject == null ? [] : (${listedIn("oldObject")})`,
      ours: `${IS_ENVIRONMENT} || ${BECOMES_ONE}`,
    },
    validations: [
      {
        expression: `variables.ours || !(${IS_DEVELOPER})`,
        message: "'developers make and change environments, by ed8kctl, and no other namespaces: ' + request.name",
      },
      ...whenCreated(),
      ...whenChanged(),
      {
        expression: `request.operation != 'DELETE' || !(${IS_ENVIRONMENT}) || ${IS_OWNER}`,
        message:
          "'the environment ' + request.name + ' is that of ' + variables.owner + ': ' + request.userInfo.username + ' cannot delete it'",
      },
    ],
  });
}

function whenCreated(): AdmissionRule["validations"] {
  const elsewhere = `request.operation != 'CREATE' || !(${BECOMES_ONE}) || `;
  const label = (key: string): string => `${literal(key)} in variables.after && variables.after[${literal(key)}]`;
  const reserved = `object.metadata.name in ${literals(RESERVED)} || ${literals(RESERVED_PREFIXES)}.exists(prefix, object.metadata.name.startsWith(prefix))`;
  return [
    {
      expression:
        `${elsewhere}${label(LABELS.managed)} == 'true' && ${label(LABELS.env)} == object.metadata.name && ` +
        `object.metadata.name.size() <= ${ENVIRONMENT_LENGTH} && object.metadata.name.matches(${literal(ENVIRONMENT.source)}) && !(${reserved})`,
      message: "'an environment has a name of its own, which ed8kctl gives: ' + request.name",
    },
    {
      expression: `${elsewhere}${literal(LABELS.owner)} in variables.after && ${IS_OWNER}`,
      message:
        "'everybody makes environments of their own: ' + request.userInfo.username + ' cannot make one of another'",
    },
    {
      expression:
        `${elsewhere}${label(`${POD_SECURITY}enforce`)} == 'baseline' && ` +
        `!(${literal(`${POD_SECURITY}enforce-version`)} in variables.after)`,
      message: literal("Pod Security baseline is enforced in every environment"),
    },
  ];
}

function whenChanged(): AdmissionRule["validations"] {
  const elsewhere = `request.operation != 'UPDATE' || !(${IS_ENVIRONMENT} || ${BECOMES_ONE}) || `;
  const isPlatforms = (label: string): string =>
    `${literals([LABEL_PREFIX, POD_SECURITY])}.exists(prefix, ${label}.startsWith(prefix))`;
  const same = (one: string, other: string): string =>
    `variables.${one}.all(label, !${isPlatforms("label")} || label in variables.${other} && variables.${other}[label] == variables.${one}[label])`;
  const collaborators = (object: string): string =>
    `(has(${object}.metadata.annotations) && ${COLLABORATORS} in ${object}.metadata.annotations ? ${object}.metadata.annotations[${COLLABORATORS}] : '')`;
  return [
    {
      expression: `${elsewhere}((!has(request.subResource) || request.subResource == '') && (${IS_OWNER} || ${IS_LISTED}))`,
      message:
        "'the environment ' + request.name + ' is that of ' + variables.owner + ': ' + request.userInfo.username + ' cannot change it'",
    },
    {
      expression: `${elsewhere}(${same("before", "after")} && ${same("after", "before")})`,
      message: literal(`labels of an environment that begin with ${LABEL_PREFIX} or ${POD_SECURITY} cannot be changed`),
    },
    {
      expression: `${elsewhere}${IS_OWNER} || ${collaborators("object")} == ${collaborators("oldObject")}`,
      message: "'only ' + variables.owner + ' says who else works in ' + request.name",
    },
  ];
}

/** `object` and `oldObject` are null where there is none: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
function labelsOf(object: string): string {
  return `${object} != null && has(${object}.metadata.labels) ? ${object}.metadata.labels : {}`;
}
