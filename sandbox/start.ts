import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../errors.js";
import { linkedPulumi, linkTools, writeCommands } from "./engine/commands.js";
import { keepOutDebugLogs } from "./engine/debug-log.js";
import { findPlugins, linkPublished } from "./engine/plugins.js";
import { checkSpace, diskError } from "./machine/disk.js";
import { writeAtomically } from "./machine/files.js";
import { withLock } from "./machine/lock.js";
import { isAlive, killProcesses, PART_OF, partsOf, type ProcessId } from "./machine/processes.js";
import { type NodesSpec, nodesText } from "./nodes/choice/spec.js";
import { removeTraces } from "./nodes/real/host/traces.js";
import { checkoutRoot, sandboxFolder, sandboxLocks, type SandboxPaths, sandboxPaths } from "./paths.js";
import { basePort, checkPorts } from "./ports.js";
import { readSettings, writeSettings } from "./records/settings.js";
import { readState, type SandboxState } from "./records/state.js";
import { resolveSettings, type SettingsRequest } from "./resolve-settings.js";
import { logTail, openLog } from "./supervision/log.js";
import type { Work } from "./tools/cache.js";

export interface StartOptions extends SettingsRequest {
  /** Done when the cluster is ready, while no other `up` runs. */
  readonly afterwards?: () => Promise<void>;
}

const SUPERVISOR_LOG = "supervisor.log";
/** etcd alone takes 130 MB at once. */
const SANDBOX_BYTES = 400 * 1024 ** 2;
/** All images, as they are and unpacked, and room for volumes. */
const REAL_NODE_BYTES = 2 * 1024 ** 3;

/**
 * Makes sure that the sandbox runs, whatever state it was left in; does next to nothing when it does. Two at once are
 * harmless: one waits for the other.
 * @throws UserError with one sentence for what stands in the way: a tool, a port, the disk, a component
 */
export async function startSandbox(options: StartOptions): Promise<void> {
  const { report, signal } = options;
  const paths = sandboxPaths(sandboxFolder());
  const locks = sandboxLocks(paths);
  const onWait = (pid: number): void => report(`waiting for another sandbox up (process ${pid})`);
  try {
    await withLock(locks.up, { onWait, signal }, async () => {
      checkRequest(paths, options);
      if (!isSupervised(paths)) await launch(paths, options);
      refreshPlugins(paths);
      await waitUntilReady(paths, options);
      await options.afterwards?.();
    });
  } catch (error) {
    throw diskError(error, paths.folder, "starting the sandbox");
  }
}

/** True while the sandbox's supervisor runs. */
export function isSupervised(paths: SandboxPaths): boolean {
  const state = readState(paths);
  return state !== undefined && isAlive(state.supervisor);
}

/** What was asked for must fit what is there. */
function checkRequest(paths: SandboxPaths, { nodes, aws }: StartOptions): void {
  const port = basePort();
  if (existsSync(paths.folder) && !existsSync(paths.marker) && readdirSync(paths.folder).length > 0) {
    throw new UserError(`${paths.folder} is not a sandbox's folder, and it is not empty`, {
      hint: "set ED8K_SANDBOX to a folder that does not exist yet",
      exit: "usage",
    });
  }
  const settings = readSettings(paths);
  if (settings === undefined) return;
  const runs = isSupervised(paths);
  const hasOther = (kind: keyof NodesSpec): boolean => nodes !== undefined && nodes[kind] !== settings.nodes[kind];
  // Addresses of Services and the server's certificate would no longer fit; simulated nodes are made anew at every start.
  if (nodes !== undefined && (hasOther("real") || (runs && hasOther("simulated")))) {
    throw isOtherwise(`${runs ? "runs" : "was made"} with ${nodesText(settings.nodes)}`, nodesText(nodes));
  }
  // The cluster that it has would not be the one that AWS' stack makes.
  if (aws === true && settings.aws === undefined) {
    throw isOtherwise(`${runs ? "runs" : "was made"} without AWS`, "with it");
  }
  const asked = process.env["ED8K_SANDBOX_PORT"] ?? "";
  if (runs && asked !== "" && port !== settings.basePort) {
    throw isOtherwise(`runs on ports from ${settings.basePort}`, `${port}`);
  }
}

function isOtherwise(how: string, asked: string): UserError {
  return new UserError(`the sandbox ${how}, not ${asked}`, {
    hint: "ed8kctl sandbox down removes it, then it can be made anew",
    exit: "usage",
  });
}

async function launch(paths: SandboxPaths, options: StartOptions): Promise<void> {
  checkSpace({ folder: paths.folder, bytes: SANDBOX_BYTES, purpose: "for the sandbox" });
  const supervisor = supervisorProgram();
  const { settings, links } = await resolveSettings(paths, options);
  // A node that was there before has all that already.
  if (settings.nodes.real && !existsSync(paths.node)) {
    checkSpace({ folder: paths.folder, bytes: REAL_NODE_BYTES, purpose: "for a real node" });
  }
  await withLock(sandboxLocks(paths).change, { signal: options.signal }, async () => {
    const leftovers = [...partsOf(paths.folder), ...recordedComponents(paths)];
    if (leftovers.length > 0) options.report("ending what a killed supervisor left running");
    await killProcesses(leftovers);
    await removeTraces(paths.folder);
    await checkPorts(settings.basePort, settings.aws !== undefined);
    createFolder(paths);
    linkTools(links, paths);
    writeSettings(paths, settings);
    const child = spawnSupervisor(supervisor, paths);
    while (!isSupervised(paths)) {
      if (child.exitCode !== null || child.signalCode !== null) throw supervisorError(paths);
      await pause(20, undefined, { signal: options.signal });
    }
  });
}

function supervisorProgram(): string {
  const program = join(checkoutRoot(), "dist", "sandbox", "supervisor.js");
  if (existsSync(program)) return program;
  throw new UserError(`${program} is missing`, { hint: "build it: npm run build" });
}

/** Components are marked on Linux; elsewhere only what the supervisor wrote down is known. */
function recordedComponents(paths: SandboxPaths): ReturnType<typeof partsOf> {
  return (readState(paths)?.components ?? []).flatMap(({ process }) => process ?? []).filter(isAlive);
}

function createFolder(paths: SandboxPaths): void {
  for (const folder of [paths.folder, paths.logs, paths.pulumiHome, paths.backend]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  writeFileSync(paths.marker, "ed8kctl sandbox down removes this folder.\n");
  keepOutDebugLogs(paths);
  if (!existsSync(paths.passphrase)) writeAtomically(paths.passphrase, randomBytes(32).toString("hex"));
}

/** In a session of its own, so that Ctrl-C and closed terminals do not reach it. */
function spawnSupervisor(program: string, { folder, logs }: SandboxPaths): ChildProcess {
  const log = openLog(join(logs, SUPERVISOR_LOG));
  const { PATH, TMPDIR } = process.env;
  const child = spawn(process.execPath, [program, folder], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", log, log],
    env: { PATH, TMPDIR, HOME: folder, [PART_OF]: folder },
  });
  child.unref();
  closeSync(log);
  return child;
}

function supervisorError({ logs }: SandboxPaths): UserError {
  const log = join(logs, SUPERVISOR_LOG);
  return new UserError(`the sandbox's supervisor does not start: ${logTail(log, 5).join(" ").trim()}`, {
    hint: `its log is ${log}`,
  });
}

function refreshPlugins(paths: SandboxPaths): void {
  const hasAws = readSettings(paths)?.aws !== undefined;
  const plugins = findPlugins({ paths, pulumi: linkedPulumi(paths), hasAws });
  linkPublished(plugins, paths);
  writeCommands(plugins, paths);
}

/** Longer than any component needs to come back, in milliseconds. */
const READY_MS = 180_000;

async function waitUntilReady(paths: SandboxPaths, { report, signal }: Work): Promise<void> {
  const begun = Date.now();
  const tell = progress((line) => report(`${line} (${secondsSince(begun)} s)`));
  for (;;) {
    const state = readState(paths);
    if (state?.phase === "failed") {
      await untilGone(state.supervisor);
      throw new UserError(`the sandbox does not start: ${state.failure ?? "no reason told"}`);
    }
    if (state === undefined || state.phase === "stopping" || !isAlive(state.supervisor)) {
      throw new UserError("the sandbox was stopped while it started", { hint: "run ed8kctl sandbox up again" });
    }
    tell(state);
    const down = state.components.find((component) => component.state !== "running");
    if (state.phase === "ready" && down === undefined) return;
    if (Date.now() - begun > READY_MS) {
      throw new UserError(`the sandbox is not ready after ${secondsSince(begun)} s: ${down?.name ?? "nodes"}`, {
        hint: `logs are in ${paths.logs}`,
      });
    }
    await pause(50, undefined, { signal });
  }
}

/** It tells why it failed just before it ends; whoever reads that may count on nothing being left. */
async function untilGone(supervisor: ProcessId): Promise<void> {
  const deadline = Date.now() + 5000;
  while (isAlive(supervisor) && Date.now() < deadline) await pause(20);
}

/** Tells once what is done by now; nothing of a sandbox that was ready before. */
function progress(report: (line: string) => void): (state: SandboxState) => void {
  const told = new Set<string>();
  let wasReady: boolean | undefined;
  return ({ phase, components, steps }) => {
    wasReady ??= phase === "ready";
    const running = components.filter(({ state }) => state === "running").map(({ name }) => `${name} runs`);
    const lines = wasReady ? [] : [...running, ...steps].filter((line) => !told.has(line));
    for (const line of lines) {
      report(line);
      told.add(line);
    }
  };
}

function secondsSince(time: number): string {
  return ((Date.now() - time) / 1000).toFixed(1);
}
