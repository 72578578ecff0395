import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { UserError } from "../../../errors.js";
import { checkoutRoot, type SandboxPaths } from "../../paths.js";
import { sandboxPorts } from "../../ports.js";
import type { RealNodeSettings } from "../../records/settings.js";
import type { Component } from "../../supervision/component.js";
import { createCgroups, removeCgroups } from "./host/cgroups.js";
import { hostNames, nodeAddresses, REAL_NODE } from "./layout.js";
import { programEnvironment } from "./programs/program-environment.js";

/** The process whose end is the node's, and by whose number others come into its namespaces. */
export interface FirstProcess {
  /** `undefined` while the node is not there. */
  pid(): number | undefined;
}

/** How long a program of the node waits for a node that was started anew, in milliseconds. */
const WAIT_MS = 20_000;

interface FirstProcessOptions {
  readonly paths: SandboxPaths;
  readonly basePort: number;
  readonly node: Pick<RealNodeSettings, "prefix" | "programs">;
}

/** The node's namespaces, links and mounts, which live as long as one process does: `node.sh`. */
export function firstProcess({ paths, basePort, node: { prefix, programs } }: FirstProcessOptions): Component {
  const { host, node, pods, services } = nodeAddresses(prefix);
  const { apiServer, egress } = sandboxPorts(basePort);
  const { link, cgroup } = hostNames(paths.folder);
  const ready = join(paths.node, "ready");
  return {
    name: "node",
    file: "bash",
    args: [join(checkoutRoot(), "sandbox", "nodes", "real", "node.sh")],
    within: () => ["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child", "--mount-proc"],
    env: {
      ...programEnvironment(programs),
      FOLDER: paths.node,
      READY: ready,
      NODE_NAME: REAL_NODE,
      LINK: link,
      HOST_ADDRESS: host,
      NODE_ADDRESS: node,
      PODS: pods,
      SERVICES: services,
      API_PORT: String(apiServer),
      EGRESS_PORT: String(egress),
    },
    health: { file: ready },
    prepare: async () => {
      rmSync(ready, { force: true });
      await removeCgroups(cgroup);
      createCgroups(cgroup);
    },
  };
}

/**
 * A program that runs in the node: it ends with the node, and with the process that has started it. After a new start
 * of the node it waits until the node is ready.
 */
export function inNode(component: Component, first: FirstProcess): Component {
  return {
    ...component,
    within: () => [...enter(first), "setpriv", "--pdeathsig", "KILL"],
    prepare: async () => {
      await untilThere(first);
      await component.prepare?.();
    },
  };
}

/** The words before a command that make it run in the node. @throws Error when the node is not there */
export function enter(first: FirstProcess): readonly string[] {
  const pid = first.pid();
  if (pid === undefined) throw new Error("the node is not there");
  return ["nsenter", `--target=${pid}`, "--mount", "--pid", "--net", "--uts", "--ipc", "--"];
}

/** How long the host may take to accept the node's connection, in milliseconds. */
const ANSWER_MS = 5000;

/**
 * Connects to the host from within the node, once: a firewall that refuses that would show much later, and as something
 * else. The words of the system's answer differ, so none are told.
 * @throws UserError that names the link
 */
export async function checkWay(within: readonly string[], way: Way): Promise<void> {
  const [command = "bash", ...words] = [
    ...within,
    "bash",
    "-c",
    'exec 3<>"/dev/tcp/$1/$2"',
    "bash",
    way.host,
    `${way.port}`,
  ];
  try {
    await promisify(execFile)(command, words, { timeout: ANSWER_MS, killSignal: "SIGKILL" });
  } catch (cause) {
    throw new UserError(
      `the real node does not reach this machine, ${way.host}: a firewall here refuses what comes in by the link ${way.link}, and must let it in`,
      { cause },
    );
  }
}

/** What the host listens on for the node. */
export interface Way {
  readonly host: string;
  readonly port: number;
  /** The host's end of the link. */
  readonly link: string;
}

async function untilThere(first: FirstProcess): Promise<void> {
  for (const deadline = Date.now() + WAIT_MS; first.pid() === undefined; await pause(20)) {
    if (Date.now() > deadline) throw new Error(`the node is not there after ${WAIT_MS / 1000} s`);
  }
}
