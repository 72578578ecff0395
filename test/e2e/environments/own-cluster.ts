import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { loadAccess } from "../../../kube/access.js";
import { KubeClient } from "../../../kube/client.js";
import type { LiveObject } from "../../../kube/object.js";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { OwnSandbox } from "../sandbox/own-sandbox.js";

/** How a command has ended. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ED8KCTL = join(checkoutRoot(), "bin", "ed8kctl.js");

/** A sandbox of a test file's own whose cluster is ready for environments, used as a person would: through `ed8kctl`. */
export class OwnCluster {
  readonly sandbox = new OwnSandbox(false);
  /** Which nodes it has; simulated ones unless a test needs pods that run. */
  protected nodes: readonly string[] = ["--nodes", "simulated"];
  #client: KubeClient | undefined;

  async start(): Promise<void> {
    this.sandbox.enter();
    await this.must("sandbox", "up", ...this.nodes);
  }

  /** The administrator's client. */
  get client(): KubeClient {
    this.#client ??= new KubeClient(loadAccess({ paths: [this.sandbox.paths.kubeconfig] }));
    return this.#client;
  }

  /** Runs `ed8kctl` and tells how it ended. */
  async ed8kctl(...words: readonly string[]): Promise<Ran> {
    return finished(this.spawn(words));
  }

  /** As `ed8kctl`, with other variables. */
  async ed8kctlWith(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Ran> {
    return finished(this.spawn(words, env));
  }

  /** Runs `ed8kctl`, which must succeed, and gives what it printed. */
  async must(...words: readonly string[]): Promise<string> {
    const ran = await this.ed8kctl(...words);
    if (ran.code !== 0)
      throw new Error(`ed8kctl ${words.join(" ")} ended with ${ran.code ?? "a signal"}:\n${ran.stderr}`);
    return ran.stdout;
  }

  /** Starts `ed8kctl` as a process of its own group, so that it can be killed with or without what it has started. */
  spawn(words: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(process.execPath, [ED8KCTL, ...words], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
      cwd: this.sandbox.scratch,
      env: { ...withoutChoices(process.env), ...env },
    });
  }

  async kubectl(...args: readonly string[]): Promise<string> {
    return this.sandbox.run("kubectl", ...args);
  }

  /** Every object of a namespace, of every kind that can be listed, by kind and name. */
  async objectsIn(namespace: string): Promise<ReadonlyMap<string, LiveObject>> {
    const kinds = (await this.client.resources.all()).filter(
      ({ namespaced, verbs, kind }) => namespaced && verbs.includes("list") && kind !== "Event",
    );
    const lists = await Promise.all(
      kinds.map(({ apiVersion, kind }) => this.client.list({ apiVersion, kind, namespace })),
    );
    return new Map(lists.flatMap(({ items }) => items.map((item) => [`${item.kind}/${item.metadata.name}`, item])));
  }

  /** Names of all namespaces but those that every cluster of ours has. */
  async namespaces(): Promise<readonly string[]> {
    const { items } = await this.client.list({ apiVersion: "v1", kind: "Namespace" });
    return items.map(({ metadata }) => metadata.name).filter((name) => !/^(default$|kube-|ed8k-)/.test(name));
  }

  async remove(): Promise<void> {
    this.#client?.close();
    await this.sandbox.remove();
  }
}

/** Waits for the end of a process that writes into pipes. */
export async function finished(child: ChildProcess): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** Without the backend and the cluster that the shell of whoever runs the tests has chosen. */
function withoutChoices(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PULUMI_|KUBECONFIG$)/.test(name)));
}
