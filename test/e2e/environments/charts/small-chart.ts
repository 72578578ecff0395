import { template, type ChartFiles } from "./write-catalogue.js";

const LABELS = { app: "web" };

/** A chart with one of each that matters when it is removed: a workload, a volume and a Secret. */
export const SMALL_CHART: ChartFiles = {
  "templates/web.yaml": template({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: {
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          containers: [
            {
              name: "web",
              image: "docker.io/library/busybox:1.37.0",
              volumeMounts: [{ name: "data", mountPath: "/data" }],
            },
          ],
          volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }],
        },
      },
    },
  }),
  "templates/data.yaml": template({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data" },
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  }),
  "templates/token.yaml": [
    "apiVersion: v1",
    "kind: Secret",
    "metadata: { name: token }",
    "stringData: { token: {{ .Values.token | quote }} }",
    "",
  ].join("\n"),
  "values.yaml": "token: none\n",
};
