import { ACCOUNT, REGION } from "./aws/account.js";
import { AWS_LIMITS } from "./aws/limits.js";
import { linkedPulumi } from "./engine/commands.js";
import { findPlugins, type Plugin } from "./engine/plugins.js";
import { hasNoRoom } from "./machine/disk.js";
import { isAlive, type ProcessId, residentBytes } from "./machine/processes.js";
import { countOf } from "./nodes/kinds.js";
import { sandboxFolder, type SandboxPaths, sandboxPaths } from "./paths.js";
import { sandboxPorts } from "./ports.js";
import { readSettings, type Settings } from "./records/settings.js";
import { type ComponentState, type NodesState, readState, type SandboxState } from "./records/state.js";
import { isHealthy } from "./supervision/health.js";

/** A component as it is now: the supervisor's record, corrected by what is seen. */
export interface ComponentStatus {
  readonly name: string;
  /** `silent`: it runs, but does not answer that it is well; `gone`: it has ended and nobody has noticed yet. */
  readonly state: ComponentState["state"] | "silent" | "gone";
  /** ISO 8601. */
  readonly since: string;
  readonly pid?: number;
  readonly memoryBytes?: number;
  readonly restarts: number;
  readonly lastExit?: ComponentState["lastExit"];
}

export interface SandboxStatus {
  readonly folder: string;
  readonly basePort: number;
  readonly phase: SandboxState["phase"];
  readonly supervisor: { readonly pid: number; readonly alive: boolean; readonly memoryBytes?: number };
  readonly nodes: NodesState;
  readonly plugins: readonly Pick<Plugin, "name" | "source" | "version">[];
  /** There when the sandbox plays AWS. */
  readonly aws?: AwsStatus;
  readonly components: readonly ComponentStatus[];
  /** What is wrong, in one sentence that names the component. */
  readonly fault?: string;
}

/** What clients know as AWS. */
export interface AwsStatus {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** What AWS does and the sandbox does not; whole sentences. */
  readonly limits: readonly string[];
  /** Charts of the platform's add-ons that cannot be had here. */
  readonly missingCharts: readonly string[];
}

/** How the sandbox is right now; `undefined` when there is none. Every component is asked whether it is well. */
export async function sandboxStatus(): Promise<SandboxStatus | undefined> {
  const paths = sandboxPaths(sandboxFolder());
  const settings = readSettings(paths);
  const state = readState(paths);
  if (settings === undefined || state === undefined) return undefined;
  const components = await Promise.all(state.components.map(componentStatus));
  const status = describe({ paths, settings, state }, components);
  const found = findFault(status, state.failure);
  // What cannot be written down is not in the record: then the disk itself is asked.
  const isFull = found !== undefined && hasNoRoom(paths.folder);
  const fault = isFull ? `the disk of ${paths.folder} is full: ${found}` : found;
  return fault === undefined ? status : { ...status, fault };
}

interface Records {
  readonly paths: SandboxPaths;
  readonly settings: Settings;
  readonly state: SandboxState;
}

function describe({ paths, settings, state }: Records, components: readonly ComponentStatus[]): SandboxStatus {
  const { supervisor, phase, nodes } = state;
  return {
    folder: paths.folder,
    basePort: settings.basePort,
    phase,
    supervisor: { pid: supervisor.pid, alive: isAlive(supervisor), ...memory(supervisor) },
    nodes,
    ...awsStatus(settings),
    plugins: findPlugins({ paths, pulumi: linkedPulumi(paths), hasAws: settings.aws !== undefined }).map(
      ({ name, source, version }) => ({
        name,
        source,
        ...(version === undefined ? {} : { version }),
      }),
    ),
    components,
  };
}

function awsStatus({ aws, basePort }: Settings): Pick<SandboxStatus, "aws"> {
  if (aws === undefined) return {};
  const endpoint = `http://127.0.0.1:${sandboxPorts(basePort).aws}`;
  return { aws: { endpoint, account: ACCOUNT, region: REGION, limits: AWS_LIMITS, missingCharts: aws.missingCharts } };
}

async function componentStatus(record: ComponentState): Promise<ComponentStatus> {
  const { name, since, restarts, process, lastExit } = record;
  return {
    name,
    state: await seenState(record),
    since,
    restarts,
    ...(process === undefined ? {} : { pid: process.pid, ...memory(process) }),
    ...(lastExit === undefined ? {} : { lastExit }),
  };
}

async function seenState({ state, process, health }: ComponentState): Promise<ComponentStatus["state"]> {
  if (state !== "running" && state !== "starting") return state;
  if (process === undefined || !isAlive(process)) return "gone";
  return state === "running" && !(await isHealthy(health)) ? "silent" : state;
}

function memory(process: ProcessId): { readonly memoryBytes?: number } {
  const bytes = isAlive(process) ? residentBytes(process.pid) : undefined;
  return bytes === undefined ? {} : { memoryBytes: bytes };
}

/** The most important fault; the rest follow from it or show in the table. */
export function findFault(status: Omit<SandboxStatus, "fault">, failure?: string): string | undefined {
  const { supervisor, phase, components, nodes } = status;
  if (phase === "failed") return `the sandbox did not start: ${failure ?? "no reason told"}`;
  if (!supervisor.alive) {
    return phase === "stopping"
      ? "the sandbox was stopped and not removed"
      : `the supervisor (process ${supervisor.pid}) was killed, so nothing is started again that ends`;
  }
  if (phase === "stopping") return "the sandbox is being stopped";
  const down = components.find(({ state }) => state !== "running");
  if (phase === "starting") return `the sandbox is still starting${down === undefined ? "" : `: ${down.name}`}`;
  if (down !== undefined) return downSentence(down);
  const count = countOf(nodes.counts);
  if (nodes.ready < count) return `${count - nodes.ready} of ${count} nodes are not ready`;
  return undefined;
}

function downSentence({ name, state, pid, restarts, lastExit }: ComponentStatus): string {
  if (state === "silent") return `${name} (process ${pid ?? "?"}) runs, but does not answer that it is well`;
  const why = lastExit === undefined ? "" : `: ${lastExit.reason}`;
  const times = restarts === 0 ? "" : ` (${restarts} ${restarts === 1 ? "restart" : "restarts"} so far)`;
  return `${name} is down${why}; the supervisor starts it again${times}`;
}
