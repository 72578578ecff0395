import type { PlannedObject } from "../../../environments/plan/types.js";
import { SIZES } from "../../../environments/size.js";
import { LIMITS_NAME } from "../../../environments/tenancy/limits.js";
import { type Neighbours, networkRules } from "../../../environments/tenancy/network.js";
import { QUOTA_NAME, quotaHard } from "../../../environments/tenancy/quota.js";
import { admissionPolicy, dataLiteral, literal, literals } from "./policy.js";

const RBAC = "rbac.authorization.k8s.io";

/** In an environment its owner puts the walls where ED8K has them, and nobody takes them down. */
export function wallsPolicy(kafkaPort: number, neighbours?: Neighbours): PlannedObject[] {
  const networks = networkRules(kafkaPort, neighbours);
  const names = [QUOTA_NAME, LIMITS_NAME, ...Object.keys(networks)];
  const removed = "request.operation == 'DELETE'";
  return admissionPolicy({
    name: "ed8k-walls",
    resources: {
      "": ["resourcequotas", "limitranges", "endpoints"],
      "networking.k8s.io": ["networkpolicies"],
      "discovery.k8s.io": ["endpointslices"],
      [RBAC]: ["roles", "rolebindings"],
    },
    operations: ["CREATE", "UPDATE", "DELETE"],
    scope: "environments",
    appliesTo: "users",
    variables: { kind: "request.kind.kind", networks: dataLiteral(networks) },
    validations: [
      {
        expression: "!request.userInfo.groups.exists(group, group == 'system:serviceaccounts')",
        message: "'pods may not change the walls of an environment: ' + request.userInfo.username",
      },
      {
        expression: "!(variables.kind in ['Endpoints', 'EndpointSlice'])",
        message: literal("where a Service leads is told by Kubernetes alone, from its selector"),
      },
      {
        expression: `${removed} || variables.kind != 'ResourceQuota' || (!has(object.spec.scopes) && !has(object.spec.scopeSelector) && object.spec.hard in ${dataLiteral(SIZES.map(quotaHard))})`,
        message: literal(`a quota is that of one of the sizes ${SIZES.join(", ")}`),
      },
      {
        expression: `${removed} || variables.kind != 'NetworkPolicy' || (object.metadata.name in variables.networks && object.spec == variables.networks[object.metadata.name])`,
        message: literal(
          "an environment has the network policies that the cluster stack knows, and no others; if ED8K was changed, apply the cluster stack again",
        ),
      },
      {
        expression:
          `!(${removed} && variables.kind in ['ResourceQuota', 'LimitRange', 'NetworkPolicy'] && request.name in ${literals(names)}) || ` +
          "has(namespaceObject.metadata.deletionTimestamp)",
        message: "'the walls go with the namespace, and not before it: ' + request.name",
      },
    ],
  });
}

/** What developers may write to make environments, they may not where there is none. */
export function elsewherePolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-elsewhere",
    resources: {
      "": ["resourcequotas", "limitranges"],
      "networking.k8s.io": ["networkpolicies"],
      [RBAC]: ["roles", "rolebindings"],
    },
    operations: ["CREATE", "UPDATE", "DELETE"],
    scope: "elsewhere",
    appliesTo: "developers",
    validations: [
      {
        expression: "false",
        message:
          "'the namespace ' + request.namespace + ' is no environment: developers change no ' + request.resource.resource + ' there'",
      },
    ],
  });
}
