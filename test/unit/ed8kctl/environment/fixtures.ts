import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Output } from "../../../../ed8kctl/output.js";
import type { Step } from "../../../../ed8kctl/steps.js";
import type { Target } from "../../../../ed8kctl/target.js";
import type { LiveMeta, LiveObject } from "../../../../kube/object.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { scratchFolder } from "../../sandbox/scratch.js";
import { FACTS } from "../live/facts.js";
import { environmentNamespace, live } from "../live/objects.js";

export const BACKEND = "file:///state";

/** What was told, and the steps in the order in which they began and ended. */
export class FakeOutput implements Output {
  readonly json = false;
  terminal = false;
  readonly lines: string[] = [];
  readonly steps: string[] = [];
  readonly results: unknown[] = [];
  readonly questions: string[] = [];

  /** @param answer what the person says to every question */
  constructor(private readonly answer = false) {}

  result(data: unknown): void {
    this.results.push(data);
  }
  stream(): void {
    throw new Error("nothing is streamed");
  }
  progress(line: string): void {
    this.lines.push(line);
  }
  warn(line: string): void {
    this.lines.push(`warning: ${line}`);
  }
  confirm(question: string): Promise<boolean> {
    this.questions.push(question);
    return Promise.resolve(this.answer);
  }
  /** What the person writes when asked for words. */
  words = "";
  ask(question: string): Promise<string> {
    this.questions.push(question);
    return Promise.resolve(this.words);
  }
  step(label: string): Step {
    this.steps.push(label);
    const end = (state: string) => (detail?: string) => {
      this.steps.push(`${label}: ${state}${detail === undefined ? "" : ` (${detail})`}`);
    };
    return { step: (inner) => this.step(`${label} > ${inner}`), done: end("done"), failed: end("failed") };
  }
}

/** A cluster with a `kube-system`, and with the kinds that a receipt looks at. */
export async function startCluster(): Promise<{ readonly server: FakeApiServer; readonly target: Target }> {
  const server = await FakeApiServer.start();
  server.kinds.push(kind("v1 PersistentVolume", "persistentvolumes", false));
  const { uid } = server.put(live("Namespace kube-system")).metadata;
  return { server, target: { facts: { ...FACTS, uid }, client: server.client(), backend: BACKEND } };
}

/** The namespace of an environment whose stack is in `BACKEND`. */
export function ownNamespace(name: string, changes: Partial<LiveMeta> = {}): LiveObject {
  const namespace = environmentNamespace(name, name);
  const annotations = { ...namespace.metadata.annotations, "ed8k.dev/backend": BACKEND };
  return { ...namespace, metadata: { ...namespace.metadata, annotations, ...changes } };
}

/** Requests that change something, as `METHOD path`. */
export function writes(server: FakeApiServer): readonly string[] {
  return server.calls().filter((call) => !call.startsWith("GET "));
}

/** Writes a catalogue of two services and gives its path relative to the checkout, for `--catalogue`. */
export function ownCatalogue(): string {
  const folder = scratchFolder();
  const catalogue = `apiVersion: ed8k.dev/v1
kind: Catalogue
services:
  web: { chart: ./web }
  other: { chart: ./other }
profiles:
  minimal: [web]
  none: []
`;
  for (const [name, text] of Object.entries({ "catalogue.yaml": catalogue, ...chart("web"), ...chart("other") })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return relative(checkoutRoot(), join(folder, "catalogue.yaml"));
}

function chart(name: string): Readonly<Record<string, string>> {
  return {
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`,
    [`${name}/ed8k.yaml`]: `apiVersion: ed8k.dev/v1\nkind: Service\nmetadata: { name: ${name}, owner: team }\n`,
    [`${name}/templates/settings.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`,
  };
}

/** Plays the controller that runs Jobs. */
export function runJobs(server: FakeApiServer): void {
  server.store.subscribe(({ type, object }) => {
    if (type === "ADDED" && object.kind === "Job") server.put({ ...object, status: { succeeded: 1 } });
  });
}
