import type { PlannedObject } from "../../../environments/plan/types.js";
import { admissionPolicy } from "./policy.js";

/** Environments are reached through routes: no load balancers, no ports on nodes, no foreign addresses. */
export function servicesPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-services",
    resources: { "": ["services"] },
    operations: ["CREATE", "UPDATE"],
    scope: "environments",
    appliesTo: "everybody",
    validations: [
      {
        expression: "!(object.spec.type in ['LoadBalancer', 'NodePort'])",
        message:
          "'a Service of type ' + object.spec.type + ' is not allowed in an environment; use ClusterIP and a route'",
      },
      {
        expression: "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0",
        message: "'externalIPs are not allowed in an environment'",
      },
    ],
  });
}
