import type { PlannedObject } from "../../../environments/plan/types.js";
import { admissionPolicy } from "./policy.js";

/** What names something inside the cluster, or an address: no name of the internet ends so. */
const INSIDE = String.raw`r'(^|[.])(svc|pod|local|internal)([.]|$)|^[0-9.]+$|:'`;

/** Environments are reached through routes: no load balancers, no ports on nodes, no foreign addresses. */
export function servicesPolicy(): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-services",
    resources: { "": ["services"] },
    operations: ["CREATE", "UPDATE"],
    scope: "environments",
    appliesTo: "everybody",
    variables: {
      outside: "has(object.spec.externalName) ? object.spec.externalName : ''",
      own: "['.svc', '.svc.', '.svc.cluster.local', '.svc.cluster.local.'].map(end, '.' + request.namespace + end)",
    },
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
      {
        expression:
          `object.spec.type != 'ExternalName' || !variables.outside.matches(${INSIDE}) || ` +
          "variables.own.exists(end, variables.outside.endsWith(end))",
        message:
          "'a Service stands for one of the environment or for a host of the internet, not for ' + variables.outside",
      },
    ],
  });
}
