import { join } from "node:path";
import { decideCluster } from "../cluster/decide.js";
import { parseConfig } from "../config.js";
import { hash } from "../naming.js";
import { openCluster } from "../sandbox/control-plane/client.js";
import { CONTEXT } from "../sandbox/control-plane/kubeconfigs.js";
import { readIfThere, writeAtomically } from "../sandbox/machine/files.js";
import { IMAGE_RULES } from "../sandbox/images/images.js";
import { sandboxFolder, sandboxPaths } from "../sandbox/paths.js";
import { sandboxPorts } from "../sandbox/ports.js";
import { readSettings, type Settings } from "../sandbox/records/settings.js";
import type { Work } from "../sandbox/tools/cache.js";
import type { StackConfig } from "./engine/stacks.js";
import { recordFacts } from "./known-clusters.js";
import { useSandbox } from "./sandbox-defaults.js";

/** The cluster stack of a sandbox: the one that environments are on by default. */
const STACK = "dev";

/**
 * Makes the sandbox's cluster one that environments can be made on: applies its cluster stack. Does next to nothing
 * when that was done, by this version of ED8K and on this very cluster. Where the sandbox plays AWS the cluster stack
 * is that of EKS, which `ed8kctl cluster up` applies.
 */
export async function adoptSandboxCluster({ report, signal }: Work): Promise<void> {
  const paths = sandboxPaths(sandboxFolder());
  useSandbox();
  const settings = readSettings(paths);
  if (settings?.aws !== undefined) return;
  const config = clusterConfigOf(settings);
  const parsed = parseConfig(STACK, config);
  if (parsed.kind !== "cluster") throw new Error(`${STACK} is no cluster stack`);
  const plan = await decideCluster(parsed, openCluster(paths));
  const mark = join(paths.folder, "adopted");
  const done = hash(JSON.stringify(plan));
  if (readIfThere(mark) === done) return;
  report("installing on the cluster what environments need");
  const [{ openStacks }, { clusterProgram }] = await Promise.all([
    import("./engine/automation.js"),
    import("../cluster/program.js"),
  ]);
  const stacks = openStacks();
  const program = () => Promise.resolve(clusterProgram(plan));
  await stacks.up(STACK, { config, program, ...(signal === undefined ? {} : { signal }) });
  recordFacts(stacks.backend, plan.facts);
  writeAtomically(mark, done);
}

/** A real node has images that need no registry, and a gateway that serves the environments' hosts. */
function clusterConfigOf(settings: Settings | undefined): StackConfig {
  const config = { "ed8k:kind": "cluster", "ed8k:context": CONTEXT };
  if (settings?.nodes.real !== true) return config;
  return {
    ...config,
    "ed8k:images": JSON.stringify(IMAGE_RULES),
    "ed8k:ingressPort": String(sandboxPorts(settings.basePort).gateway),
  };
}
