import type { PlannedObject } from "../../../environments/plan/types.js";
import { hostSuffix } from "../../../naming.js";
import type { GatewayRef } from "../add-ons/gateway-of.js";
import { admissionPolicy, literal, type Validation } from "./policy.js";

/** Controllers take more hosts, or lines of their own configuration, from these: ingress-nginx, external-dns and their like. */
const ADDS_HOSTS = String.raw`r'(/server-alias|-snippet|/from-to-www-redirect|^external-dns[.].*hostname)$'`;

/**
 * A route's host belongs to the environment that it is in, or one environment could take another's requests.
 * @param gateway the only one that routes may be attached to, where the cluster has one
 */
export function hostsPolicy(domain: string, gateway?: GatewayRef): PlannedObject[] {
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
        "(has(object.spec.hostnames) && object.spec.hostnames.size() > 0 ? object.spec.hostnames : [''])",
      adding:
        "has(object.metadata.annotations) ? object.metadata.annotations.map(key, key).filter(key, " +
        `key.matches(${ADDS_HOSTS})) : []`,
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
      {
        expression: "variables.adding.size() == 0",
        message:
          "'annotations that add hosts or settings of the gateway are not allowed: ' + variables.adding.join(', ')",
      },
      ...(gateway === undefined ? [] : [onlyAttachedTo(gateway)]),
    ],
  });
}

/** A route may otherwise be attached to a Gateway that somebody else runs, or to a Service, whose requests it would take. */
function onlyAttachedTo({ namespace, name }: GatewayRef): Validation {
  const isShared =
    `has(parent.namespace) && parent.namespace == ${literal(namespace)} && parent.name == ${literal(name)} && ` +
    "(!has(parent.kind) || parent.kind == 'Gateway')";
  return {
    expression: `object.kind == 'Ingress' || (has(object.spec.parentRefs) && object.spec.parentRefs.all(parent, ${isShared}))`,
    message: literal(`a route is attached to the Gateway ${namespace}/${name}, and to nothing else`),
  };
}
