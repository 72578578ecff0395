import type { EksClusterConfig } from "../../../config.js";
import type { JsonObject, Manifest } from "../../../kube/manifest.js";
import { clusterName, LABELS, PRIORITIES } from "../../../naming.js";
import { ADD_ON_NAMESPACES, ON_SYSTEM_NODES, resources } from "./common.js";

const GATEWAY_API = "gateway.networking.k8s.io/v1";
const CLASS = "ed8k";

/** The Gateway that the routes of environments are attached to. */
export const GATEWAY = { namespace: ADD_ON_NAMESPACES.gateway, name: "environments" } as const;

/** The one Gateway: a wildcard listener for the hosts of all environments, behind one internal load balancer. */
export function gateway(config: EksClusterConfig): readonly Manifest[] {
  const proxy = { name: CLASS, namespace: GATEWAY.namespace };
  return [
    {
      apiVersion: "gateway.envoyproxy.io/v1alpha1",
      kind: "EnvoyProxy",
      metadata: proxy,
      spec: {
        provider: { type: "Kubernetes", kubernetes: { envoyDeployment: DEPLOYMENT, envoyService: service(config) } },
      },
    },
    {
      apiVersion: GATEWAY_API,
      kind: "GatewayClass",
      metadata: { name: CLASS },
      spec: {
        controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
        parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", ...proxy },
      },
    },
    {
      apiVersion: GATEWAY_API,
      kind: "Gateway",
      metadata: GATEWAY,
      spec: {
        gatewayClassName: CLASS,
        listeners: [
          {
            name: "http",
            protocol: "HTTP",
            port: config.ingressPort,
            hostname: `*.${config.domain}`,
            // Who may have which host below it is the admission policy's affair.
            allowedRoutes: {
              namespaces: { from: "Selector", selector: { matchLabels: { [LABELS.managed]: "true" } } },
              kinds: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }],
            },
          },
        ],
      },
    },
  ];
}

const DEPLOYMENT: JsonObject = {
  replicas: 2,
  pod: { priorityClassName: PRIORITIES.platform, tolerations: ON_SYSTEM_NODES },
  container: { resources: resources("100m", "256Mi") },
};

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ */
function service({ name, settings }: EksClusterConfig): JsonObject {
  return {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    annotations: {
      "service.beta.kubernetes.io/aws-load-balancer-name": clusterName(name),
      "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
      "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
    },
    loadBalancerSourceRanges: settings.aws.access.cidrs,
  };
}
