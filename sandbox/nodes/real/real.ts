import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../../errors.js";
import type { KubeClient } from "../../../kube/client.js";
import { writeNodeKubeconfigs } from "../../control-plane/kubeconfigs.js";
import type { SandboxPaths } from "../../paths.js";
import { sandboxPorts } from "../../ports.js";
import type { RealNodeSettings } from "../../records/settings.js";
import type { Background, Log } from "../../jobs/background.js";
import { startEgress } from "../../jobs/egress.js";
import { startGateway } from "../../jobs/gateway.js";
import { readyNodes } from "../kinds.js";
import { type Keep, type Kept, type Nodes, NOT_ENFORCED } from "../nodes.js";
import { startRelay } from "../../jobs/relay.js";
import { startVolumes } from "../../jobs/volumes.js";
import { applyNodeObjects } from "./cluster-objects.js";
import { containerd } from "./programs/containerd.js";
import { importImages } from "./images/import-images.js";
import { kubelet } from "./programs/kubelet.js";
import { hostNames, INGRESS_CLASS, nodeAddresses, REAL_NODE } from "./layout.js";
import { checkWay, enter, firstProcess, inNode } from "./namespaces.js";
import { dns, kubeProxy } from "./programs/service-programs.js";
import { removeTraces } from "./host/traces.js";

export interface RealOptions {
  readonly basePort: number;
  readonly node: RealNodeSettings;
  readonly paths: SandboxPaths;
  readonly client: () => KubeClient;
  readonly keep: Keep;
  /** Told of each step that shows in no component. */
  readonly onStep: (step: string) => void;
  readonly log: Log;
}

/** What does not work on a real node; whole sentences. */
export const REAL_LIMITS = [
  NOT_ENFORCED,
  "Pods reach each other, Services and the API server, nothing else; hostPort does nothing.",
] as const;

/** One node that runs containers, in Linux namespaces of its own. */
export function realNode(options: RealOptions): Nodes {
  const { basePort, node, paths, client, keep, onStep } = options;
  const gateway = sandboxPorts(basePort).gateway;
  const jobs: Background[] = [];
  let first: Kept = { pid: () => undefined };
  let images: Promise<void> = Promise.resolve();
  const inside = { pid: () => first.pid() };
  return {
    describe: () => ({ counts: { real: 1 }, limits: [...REAL_LIMITS], gateway }),
    async prepare() {
      first = await keep(firstProcess(options));
      jobs.push(...(await Promise.all(startWays(options))));
      const { host } = nodeAddresses(node.prefix);
      // Not the relay, which would miss the API server.
      await checkWay(enter(first), { host, port: sandboxPorts(basePort).egress, link: hostNames(paths.folder).link });
      await keep(inNode(containerd({ paths, basePort, node }), inside));
      images = importImages({ node, within: enter(first) }).then(() => onStep("images imported"));
      // Whoever awaits it later is told; until then it must not end the process.
      images.catch(() => undefined);
    },
    async start() {
      const since = Date.now();
      writeNodeKubeconfigs(paths, `https://${nodeAddresses(node.prefix).host}:${sandboxPorts(basePort).apiServer}`);
      jobs.push(...(await Promise.all(startJobs(options))));
      await Promise.all([
        applyNodeObjects(client(), { prefix: node.prefix, basePort }),
        keep(inNode(kubelet(paths, node), inside)),
        keep(inNode(kubeProxy(paths, node), inside)),
        keep(inNode(dns(paths, node), inside)),
        untilReady(client(), since).then(() => onStep("the real node is ready")),
        images,
      ]);
    },
    health: () => readyNodes(client(), "real"),
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
    cleanUp: () => removeTraces(paths.folder),
  };
}

/** The ways out of the node, on the host's end of the link. */
function startWays({ basePort, node, log }: RealOptions): readonly Promise<Background>[] {
  const { host, node: from, slice } = nodeAddresses(node.prefix);
  const { apiServer, egress } = sandboxPorts(basePort);
  return [
    startRelay({ host, port: apiServer, to: apiServer, slice, log }),
    startEgress({ host, port: egress, from, slice, log }),
  ];
}

/** What a cluster on AWS has drivers and controllers for. */
function startJobs({ basePort, paths, client, log }: RealOptions): readonly Promise<Background>[] {
  const port = sandboxPorts(basePort).gateway;
  return [
    startGateway({ port, ingressClass: INGRESS_CLASS, client, log }),
    startVolumes({ node: REAL_NODE, folder: join(paths.node, "volumes"), client, log }),
  ];
}

/** Far longer than kubelet ever takes, in milliseconds. */
const READY_MS = 120_000;

async function untilReady(client: KubeClient, since: number): Promise<void> {
  for (const deadline = Date.now() + READY_MS; (await readyNodes(client, "real", since)) === 0; await pause(100)) {
    if (Date.now() > deadline) throw new UserError(`the real node is not ready after ${READY_MS / 1000} s`);
  }
}
