import type { PlannedObject } from "../../../environments/plan/types.js";
import type { JsonObject } from "../../../kube/manifest.js";
import { GROUPS, LABELS, NAMESPACES } from "../../../naming.js";
import { platformObject } from "../object.js";

/** A rule on what the API server takes. https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ */
export interface AdmissionRule {
  readonly name: string;
  /** By API group: the resources that are looked at; `*` leaves subresources out, `*\/*` with them. */
  readonly resources: Readonly<Record<string, readonly string[]>>;
  readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE" | "CONNECT")[];
  /** `environments`: objects in their namespaces; `cluster`: everything. */
  readonly scope: "environments" | "cluster";
  /** `users`: what Kubernetes itself and the platform do is passed over. */
  readonly appliesTo: "users" | "everybody";
  /** CEL expressions that the validations use as `variables.<name>`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** CEL: must hold, and the sentence for when it does not (a CEL expression too). */
  readonly validations: readonly { readonly expression: string; readonly message: string }[];
}

/** The policy and the binding that puts it into force. */
export function admissionPolicy(rule: AdmissionRule): PlannedObject[] {
  const { name, resources, operations, scope, appliesTo, variables = {}, validations } = rule;
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
      matchConstraints: { resourceRules },
      matchConditions: appliesTo === "users" ? [{ name: "users", expression: `!(${TRUSTED})` }] : undefined,
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
        matchResources: scope === "environments" ? ENVIRONMENTS : undefined,
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

const ENVIRONMENTS: JsonObject = { namespaceSelector: { matchLabels: { [LABELS.managed]: "true" } } };

/** Kubernetes' own parts, by the names that they have on every cluster, and those who run this one. */
const TRUSTED_GROUPS = [
  "system:masters",
  "system:nodes",
  "system:serviceaccounts:kube-system",
  `system:serviceaccounts:${NAMESPACES.system}`,
  GROUPS.platform,
  GROUPS.ci,
];
const TRUSTED_USERS = ["system:kube-controller-manager", "system:kube-scheduler", "system:apiserver"];
const TRUSTED =
  `request.userInfo.groups.exists(group, group in ${literals(TRUSTED_GROUPS)}) || ` +
  `request.userInfo.username in ${literals(TRUSTED_USERS)}`;
