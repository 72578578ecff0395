import type { PlannedObject } from "../../../environments/plan/types.js";
import type { Json, JsonObject } from "../../../kube/manifest.js";
import { isJsonObject } from "../../../kube/object.js";
import { GROUPS, LABELS, NAMESPACES } from "../../../naming.js";
import { ADD_ON_NAMESPACES } from "../add-ons/common.js";
import { platformObject } from "../object.js";

/** A rule on what the API server takes. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
export interface AdmissionRule {
  readonly name: string;
  /** By API group: the resources that are looked at; `*` leaves subresources out, `*\/*` with them. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  /** True: namespaces themselves, which are in no namespace, are left to their own policy. @default false */
  readonly exceptNamespaces?: boolean;
  readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE" | "CONNECT")[];
  /** Objects in namespaces of environments, in all others, where the shared Kafka runs; `cluster`: everything. */
  readonly scope: keyof typeof SCOPES;
  /** `users`: what Kubernetes itself and the platform do is passed over; `developers`: of those, this group's alone. */
  readonly appliesTo: keyof typeof CONDITIONS;
  /** CEL expressions that the validations use as `variables.<name>`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** CEL: must hold, and the sentence for when it does not (a CEL expression too). */
  readonly validations: readonly Validation[];
}

export interface Validation {
  readonly expression: string;
  readonly message: string;
}

/** The policy and the binding that puts it into force. */
export function admissionPolicy(rule: AdmissionRule): PlannedObject[] {
  const { name, resources, operations, scope, appliesTo, variables = {}, validations } = rule;
  const excludeResourceRules = rule.exceptNamespaces === true ? NAMESPACES_THEMSELVES : undefined;
  const resourceRules = Object.entries(resources).map(([group, kinds]) => ({
    apiGroups: [group],
    apiVersions: ["*"],
    operations,
    resources: kinds,
  }));
  const policy = platformObject({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: { resourceRules, excludeResourceRules },
      matchConditions: CONDITIONS[appliesTo],
      variables: Object.entries(variables).map(([variable, expression]) => ({ name: variable, expression })),
      validations: validations.map(({ expression, message }) => ({
        expression,
        messageExpression: message,
        reason: "Forbidden",
      })),
    },
  });
  const binding = platformObject(
    {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name },
      spec: {
        policyName: name,
        validationActions: ["Deny"],
        matchResources: SCOPES[scope],
      },
    },
    [policy.id],
  );
  return [policy, binding];
}

/** A text as a literal of CEL. https://github.com/google/cel-spec/blob/master/doc/langdef.md#string-and-bytes-values */
export function literal(text: string): string {
  return `'${text.replace(/[\\'\n\r]/g, (letter) => ESCAPES[letter] ?? letter)}'`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r" };

/** A list of texts as a literal of CEL. */
export function literals(texts: readonly string[]): string {
  return `[${texts.map(literal).join(", ")}]`;
}

/** Plain data as a literal of CEL, in whose lists and maps `dyn` lets values of several types be together. */
export function dataLiteral(data: Json): string {
  if (typeof data === "string") return literal(data);
  if (Array.isArray(data)) return `[${elements(data as readonly Json[]).join(", ")}]`;
  if (!isJsonObject(data)) return JSON.stringify(data);
  const values = elements(Object.values(data).map((value) => value ?? null));
  return `{${Object.keys(data)
    .map((key, index) => `${literal(key)}: ${values[index] ?? ""}`)
    .join(", ")}}`;
}

function elements(values: readonly Json[]): readonly string[] {
  if (values.every((value) => typeof value === "string")) return values.map(literal);
  return values.map((value) => `dyn(${dataLiteral(value)})`);
}

/** CEL: whoever asks is one of the developers. */
export const IS_DEVELOPER = `${literal(GROUPS.developers)} in request.userInfo.groups`;

const NAMESPACES_THEMSELVES: JsonObject[] = [
  { apiGroups: [""], apiVersions: ["*"], operations: ["*"], resources: ["namespaces", "namespaces/*"] },
];

const SCOPES = {
  environments: { namespaceSelector: { matchLabels: { [LABELS.managed]: "true" } } },
  elsewhere: {
    namespaceSelector: { matchExpressions: [{ key: LABELS.managed, operator: "NotIn", values: ["true"] }] },
  },
  shared: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": NAMESPACES.shared } } },
  cluster: undefined,
} as const;

/** Kubernetes' own parts, by the names that they have on every cluster, and those who run this one. */
const TRUSTED_GROUPS = [
  "system:masters",
  "system:nodes",
  "system:serviceaccounts:kube-system",
  `system:serviceaccounts:${NAMESPACES.system}`,
  // Add-ons, where there are any: they move pods, and write how routes are.
  ...Object.values(ADD_ON_NAMESPACES).map((name) => `system:serviceaccounts:${name}`),
  GROUPS.platform,
  GROUPS.ci,
];
const TRUSTED_USERS = ["system:kube-controller-manager", "system:kube-scheduler", "system:apiserver"];
const TRUSTED =
  `request.userInfo.groups.exists(group, group in ${literals(TRUSTED_GROUPS)}) || ` +
  `request.userInfo.username in ${literals(TRUSTED_USERS)}`;

const USERS = { name: "users", expression: `!(${TRUSTED})` };
const CONDITIONS = {
  everybody: undefined,
  users: [USERS],
  developers: [USERS, { name: "developers", expression: IS_DEVELOPER }],
} as const;
