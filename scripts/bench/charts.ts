import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

/** Charts of the size of a small service, and a catalogue of them. */
export interface BenchCharts {
  /** Absolute path of each chart's folder, by service. */
  readonly charts: Readonly<Record<string, string>>;
  /** The catalogue, absolute. Profile `ten` has ten of the services, `all` has all. */
  readonly catalogue: string;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: { app: {{ .Release.Name }} }
spec:
  replicas: {{ .Values.replicas }}
  selector: { matchLabels: { app: {{ .Release.Name }} } }
  template:
    metadata:
      labels: { app: {{ .Release.Name }} }
    spec:
      containers:
        - name: main
          image: {{ .Values.image | quote }}
          ports: [{ name: http, containerPort: 8080 }]
          envFrom: [{ configMapRef: { name: {{ .Release.Name }} } }]
          resources:
            requests: { cpu: 10m, memory: 32Mi }
            limits: { memory: 64Mi }
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: {{ .Release.Name }} }
spec:
  selector: { app: {{ .Release.Name }} }
  ports: [{ name: http, port: 80, targetPort: http }]
`;
const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata: { name: {{ .Release.Name }} }
data: { LOG_LEVEL: info, GREETING: hello }
`;

/** Writes `count` charts into a folder. */
export function writeCharts(folder: string, count: number): BenchCharts {
  const names = Array.from({ length: count }, (_, index) => `svc${String(index + 1).padStart(2, "0")}`);
  for (const name of names) writeChart(join(folder, name), name);
  const catalogue = {
    apiVersion: "ed8k.dev/v1",
    kind: "Catalogue",
    core: [],
    services: Object.fromEntries(names.map((name) => [name, { chart: `./${name}` }])),
    profiles: { ten: names.slice(0, 10), all: names },
  };
  const file = join(folder, "catalogue.yaml");
  writeFileSync(file, stringify(catalogue));
  return { charts: Object.fromEntries(names.map((name) => [name, join(folder, name)])), catalogue: file };
}

function writeChart(folder: string, name: string): void {
  mkdirSync(join(folder, "templates"), { recursive: true });
  const files = {
    "Chart.yaml": stringify({ apiVersion: "v2", name, version: "0.1.0" }),
    "values.yaml": stringify({ replicas: 1, image: "docker.io/library/busybox:1.37.0" }),
    "ed8k.yaml": stringify({ apiVersion: "ed8k.dev/v1", kind: "Service", metadata: { name, owner: "bench" } }),
    "templates/deployment.yaml": DEPLOYMENT,
    "templates/service.yaml": SERVICE,
    "templates/config.yaml": CONFIG,
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}
