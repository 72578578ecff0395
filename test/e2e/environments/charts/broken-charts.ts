import { template, type ChartFiles } from "./write-catalogue.js";

/** Has a shell; every real node of a sandbox has it, by another name. */
const IMAGE = "docker.io/nicolaka/netshoot:v0.13";

/** A chart of one Deployment that nobody waits for: it never becomes ready. */
function broken(container: Readonly<Record<string, unknown>>, spec: Readonly<Record<string, unknown>> = {}): ChartFiles {
  const labels = { app: "web" };
  const main = { name: "web", image: IMAGE, command: ["sleep", "infinity"], ...container };
  const pod = { metadata: { labels }, spec: { terminationGracePeriodSeconds: 1, containers: [main], ...spec } };
  return {
    "templates/web.yaml": template({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "{{ .Release.Name }}", annotations: { "pulumi.com/skipAwait": "true" } },
      spec: { selector: { matchLabels: labels }, template: pod },
    }),
  };
}

const sh = (script: string): Readonly<Record<string, unknown>> => ({ command: ["sh", "-c", script] });

/** Services that do not run, each for one reason, by its name. */
export const BROKEN_CHARTS: Readonly<Record<string, ChartFiles>> = {
  "bad-image": broken({ image: "registry.invalid/nothing:1" }),
  "crash-loop": broken(sh("echo last words; exit 3")),
  "out-of-memory": broken({
    command: ["tail", "/dev/zero"],
    resources: { limits: { memory: "32Mi" }, requests: { memory: "16Mi" } },
  }),
  "failing-probe": broken({ readinessProbe: { httpGet: { path: "/health", port: 8080 }, periodSeconds: 1 } }),
  unschedulable: broken({ resources: { limits: { "example.com/gpu": 1 } } }),
  "missing-secret": broken({ envFrom: [{ secretRef: { name: "nowhere" } }] }),
  "slow-start": broken({
    ...sh("echo warming up; sleep infinity"),
    startupProbe: { exec: { command: ["test", "-f", "/tmp/started"] }, periodSeconds: 1, failureThreshold: 600 },
  }),
  // Fits once; scaled by hand it does not.
  "quota-hit": broken({ resources: { requests: { memory: "16Mi" }, limits: { memory: "10Gi" } } }),
};
