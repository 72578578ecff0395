import { stringify } from "yaml";
import { serviceYaml, template, type ChartFiles } from "./write-catalogue.js";

function deployment(spec: Readonly<Record<string, unknown>>): ChartFiles {
  const labels = { app: "web" };
  const containers = [{ name: "web", image: "docker.io/library/busybox:1.37.0" }];
  const pod = { metadata: { labels }, spec: { containers, ...spec } };
  return {
    "templates/web.yaml": template({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: { selector: { matchLabels: labels }, template: pod },
    }),
  };
}

/** Charts that each have one fault, by the fault's name. */
export const BAD_CHARTS: Readonly<Record<string, ChartFiles>> = {
  "foreign-namespace": {
    "templates/config.yaml": template({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings", namespace: "kube-system" },
    }),
  },
  "cluster-role": {
    "templates/role.yaml": template({
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRole",
      metadata: { name: "everything" },
      rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
    }),
  },
  "host-path": deployment({ volumes: [{ name: "node", hostPath: { path: "/etc" } }] }),
  privileged: deployment({
    containers: [
      { name: "web", image: "docker.io/library/busybox:1.37.0", securityContext: { privileged: true } },
    ],
  }),
  "broken-template": {
    "templates/config.yaml": ["apiVersion: v1", "kind: ConfigMap", "metadata:", "  name: a", " b: c: d", ""].join("\n"),
  },
  "broken-service": { "ed8k.yaml": "apiVersion: ed8k.dev/v1\nkind: Service\nmetadata: { name: broken-service\n" },
  "two-faults": {
    "ed8k.yaml": serviceYaml("two-faults", { dependson: ["fxsuite"], variables: { "1ST": "x" } }),
  },
  "helm-fails": {
    "templates/config.yaml": '# what the chart wants\n{{ required "set colour to red or blue" .Values.colour }}\n',
  },
  "no-subchart": {
    "Chart.yaml": stringify({
      apiVersion: "v2",
      name: "no-subchart",
      version: "1.0.0",
      dependencies: [{ name: "common", version: "2.0.0", repository: "https://charts.example.com" }],
    }),
  },
  "circle-a": { "ed8k.yaml": serviceYaml("circle-a", { dependsOn: ["circle-b"] }) },
  "circle-b": { "ed8k.yaml": serviceYaml("circle-b", { dependsOn: ["circle-a"] }) },
  greedy: deployment({
    containers: [
      { name: "web", image: "docker.io/library/busybox:1.37.0", resources: { requests: { cpu: "9" } } },
    ],
  }),
};
