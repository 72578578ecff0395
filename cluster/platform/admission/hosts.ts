import type { PlannedObject } from "../../../environments/plan/types.js";
import { hostSuffix } from "../../../naming.js";
import { admissionPolicy, literal } from "./policy.js";

/** A route's host belongs to the environment that it is in, or one environment could take another's requests. */
export function hostsPolicy(domain: string): PlannedObject[] {
  const [before = "", after = ""] = hostSuffix("\0", domain).split("\0");
  return admissionPolicy({
    name: "ed8k-hosts",
    resources: { "networking.k8s.io": ["ingresses"], "gateway.networking.k8s.io": ["httproutes", "grpcroutes"] },
    operations: ["CREATE", "UPDATE"],
    scope: "environments",
    appliesTo: "everybody",
    variables: {
      suffix: `${literal(before)} + request.namespace + ${literal(after)}`,
      hosts:
        "object.kind == 'Ingress' ? (has(object.spec.rules) ? object.spec.rules.map(rule, has(rule.host) ? rule.host : '') : []) : " +
        "(has(object.spec.hostnames) ? object.spec.hostnames : [''])",
    },
    validations: [
      {
        expression: "variables.hosts.all(host, host.endsWith(variables.suffix))",
        message:
          "'every host must end in ' + variables.suffix + ', but there is \"' + variables.hosts.join('\", \"') + '\"'",
      },
      {
        expression: "object.kind != 'Ingress' || !has(object.spec.defaultBackend)",
        message: literal("a defaultBackend would take requests for every host; name the host"),
      },
    ],
  });
}
