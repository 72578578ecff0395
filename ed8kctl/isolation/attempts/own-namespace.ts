import { type Gateway, httpRoute } from "../../../environments/plan/http-routes.js";
import type { JsonObject } from "../../../kube/manifest.js";
import { hostSuffix, PRIORITIES } from "../../../naming.js";
import { type Attempt, creation, type Neighbours, PROBE } from "./attempt.js";

/** Being reached by more than the own hosts. */
export function exposure({ from, to, domain, ingressClass, gateway }: Neighbours): readonly Attempt[] {
  const service = (text: string, spec: JsonObject): Attempt =>
    creation({ boundary: "network", text: `${text} in ${from}` }, `/api/v1/namespaces/${from}/services`, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: PROBE, namespace: from },
      spec: { ports: [{ port: 80 }], ...spec },
    });
  const selector = { app: PROBE };
  const host = `probe${hostSuffix(to, domain)}`;
  const ingress = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: PROBE, namespace: from },
    spec: {
      ingressClassName: ingressClass,
      rules: [
        {
          host,
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: PROBE, port: { number: 80 } } } }],
          },
        },
      ],
    },
  };
  return [
    service("open a LoadBalancer", { type: "LoadBalancer", selector }),
    service("open a NodePort", { type: "NodePort", selector }),
    service(`lead the gateway to ${to} by a Service`, {
      type: "ExternalName",
      externalName: `${PROBE}.${to}.svc.cluster.local`,
    }),
    creation(
      { boundary: "network", text: `take a host of ${to} by a route in ${from}` },
      `/apis/networking.k8s.io/v1/namespaces/${from}/ingresses`,
      ingress,
    ),
    ...(gateway === undefined ? [] : [routeOfGateway({ from, to, host, gateway })]),
  ];
}

function routeOfGateway({
  from,
  to,
  host,
  gateway,
}: Pick<Neighbours, "from" | "to"> & { readonly host: string; readonly gateway: Gateway }): Attempt {
  const paths = [{ type: "PathPrefix", path: "/", service: PROBE, port: 80 }] as const;
  return creation(
    { boundary: "network", text: `take a host of ${to} by a route of the gateway in ${from}` },
    `/apis/gateway.networking.k8s.io/v1/namespaces/${from}/httproutes`,
    httpRoute({ name: PROBE, namespace: from }, { host, paths }, gateway),
  );
}

/** Leaving the pod for its node, or taking more than the share. */
export function nodes({ from, cores, registriesLimited }: Neighbours): readonly Attempt[] {
  const pod = (boundary: string, text: string, spec: JsonObject): Attempt =>
    creation({ boundary, text: `${text} in ${from}` }, `/api/v1/namespaces/${from}/pods`, {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: PROBE, namespace: from },
      spec: { containers: [CONTAINER], ...spec },
    });
  const privileged = { ...CONTAINER, securityContext: { privileged: true } };
  const large = {
    ...CONTAINER,
    resources: { ...CONTAINER.resources, requests: { cpu: String(cores + 1), memory: "16Mi" } },
  };
  return [
    pod("nodes", "mount a folder of the node", { volumes: [{ name: "host", hostPath: { path: "/" } }] }),
    pod("nodes", "run a privileged pod", { containers: [privileged] }),
    pod("nodes", "run a pod in the node's network", { hostNetwork: true }),
    pod("quota", "run before the platform", { priorityClassName: PRIORITIES.platform }),
    pod("quota", "ask for more than the quota", { containers: [large] }),
    ...(registriesLimited
      ? [pod("images", "run an image from anywhere", { containers: [{ ...CONTAINER, image: FOREIGN_IMAGE }] })]
      : []),
  ];
}

const CONTAINER = {
  name: "probe",
  image: "docker.io/library/busybox:1.37",
  resources: { requests: { cpu: "10m", memory: "16Mi" }, limits: { memory: "16Mi" } },
} as const;
const FOREIGN_IMAGE = "registry.invalid/probe:1";
