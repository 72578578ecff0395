import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import type { JsonObject, Manifest } from "../../kube/manifest.js";
import { VERSIONS } from "../../versions.js";
import { writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";
import { sandboxPorts } from "../ports.js";
import type { Settings } from "../records/settings.js";
import type { Component } from "../supervision/component.js";
import { nodeLabels, readyNodes, ZONES } from "./kinds.js";
import { kwokConfiguration, SIMULATED } from "./kwok.js";
import { type Keep, type Nodes, NOT_ENFORCED } from "./nodes.js";
import { REAL_NODE } from "./real/layout.js";

export interface SimulatedOptions {
  readonly settings: Settings;
  readonly paths: SandboxPaths;
  readonly client: () => KubeClient;
  readonly keep: Keep;
}

/** Nodes on which pods are scheduled and become ready, and run no process. One kwok plays them all. */
export function simulatedNodes({ settings, paths, client, keep }: SimulatedOptions): Nodes {
  const { simulated: count, real } = settings.nodes;
  return {
    describe: () => ({
      counts: { simulated: count },
      limits: [
        real
          ? `On simulated nodes pods run no process; only those go there that tolerate ${SIMULATED.label}.`
          : "Pods run no process: they are scheduled and become ready.",
        NOT_ENFORCED,
      ],
    }),
    prepare: () => Promise.resolve(),
    async start() {
      const taints = real ? [{ key: SIMULATED.label, value: SIMULATED.value, effect: "NoSchedule" }] : [];
      await Promise.all(Array.from({ length: count }, (_, index) => createNode(client(), node(index + 1, taints))));
      await keep(kwok(settings, paths, () => dropLeases(client())));
      await untilReady(client(), count);
    },
    health: () => readyNodes(client(), "simulated"),
    stop: () => Promise.resolve(),
    cleanUp: () => Promise.resolve(),
  };
}

/** The program that plays the nodes. */
export function kwok(settings: Settings, paths: SandboxPaths, dropOldLeases: () => Promise<void>): Component {
  const port = sandboxPorts(settings.basePort).nodes;
  const config = join(paths.folder, "kwok.yaml");
  const podLog = join(paths.logs, "simulated-pods.log");
  return {
    name: "kwok",
    file: settings.tools.kwok,
    args: [`--kubeconfig=${paths.kubeconfig}`, `--config=${config}`, `--server-address=127.0.0.1:${port}`],
    health: { url: `http://127.0.0.1:${port}/healthz` },
    prepare: async () => {
      writeAtomically(config, kwokConfiguration({ port, podLog }));
      const text = "This pod is simulated: it runs no process, so it writes no log.";
      writeAtomically(podLog, `${new Date().toISOString()} stdout F ${text}\n`);
      await dropOldLeases();
    },
  };
}

/** A new kwok would wait up to 40 s for the leases of the one before; that of a real node is its kubelet's. */
export async function dropLeases(client: KubeClient): Promise<void> {
  await client.request("DELETE", "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases", {
    query: { fieldSelector: `metadata.name!=${REAL_NODE}` },
  });
}

/** Far longer than kwok ever takes, in milliseconds. */
const READY_MS = 60_000;

async function untilReady(client: KubeClient, count: number): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ; await pause(50)) {
    const ready = await readyNodes(client, SIMULATED.value);
    if (ready >= count) return;
    if (Date.now() > deadline)
      throw new UserError(`only ${ready} of ${count} nodes are ready after ${READY_MS / 1000} s`);
  }
}

async function createNode(client: KubeClient, manifest: Manifest): Promise<void> {
  try {
    await client.create(manifest);
  } catch (error) {
    const isThere = error instanceof KubeError && error.status === 409;
    if (!isThere) throw error;
  }
}

/** Like an m7i.2xlarge of EKS, spread over three zones. The API server reaches kwok by the external address. */
function node(number: number, taints: readonly JsonObject[]): Manifest {
  const name = `ed8k-node-${number}`;
  const zone = ZONES[(number - 1) % ZONES.length] ?? ZONES[0];
  const resources = { cpu: "8", memory: "32Gi", "ephemeral-storage": "100Gi", pods: "110" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        ...nodeLabels(SIMULATED.value, zone),
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
      },
    },
    spec: { providerID: `aws:///${zone}/i-${String(number).padStart(17, "0")}`, taints },
    status: {
      capacity: resources,
      allocatable: resources,
      addresses: [
        { type: "InternalIP", address: `10.0.${Math.floor(number / 250)}.${(number % 250) + 1}` },
        { type: "ExternalIP", address: "127.0.0.1" },
        { type: "Hostname", address: name },
      ],
      nodeInfo: {
        architecture: "amd64",
        operatingSystem: "linux",
        osImage: "simulated by kwok",
        kernelVersion: "simulated",
        kubeletVersion: `v${VERSIONS.kubernetes}`,
        kubeProxyVersion: `v${VERSIONS.kubernetes}`,
        containerRuntimeVersion: "kwok://",
        bootID: "",
        machineID: "",
        systemUUID: "",
      },
    },
  };
}
