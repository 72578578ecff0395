import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../errors.js";

/** The sandbox's ports by distance from the base port; on 127.0.0.1 but where it says otherwise. */
const OFFSETS = {
  /** Health only; data goes over a socket in the sandbox's folder. */
  etcd: 1,
  /** What clients know as AWS; with `--aws` only. */
  aws: 2,
  apiServer: 3,
  controllerManager: 4,
  scheduler: 5,
  /** The emulator behind it. */
  emulator: 6,
  nodes: 7,
  /** The host names of environments, with real nodes only. */
  gateway: 8,
  /**
   * The way to image registries, with a real node only, and on the host's end of its link. It is checked on 127.0.0.1 all
   * the same: the link is not there yet, and who listens on every address would take it.
   */
  egress: 9,
} as const;

/** Needed by nobody in a sandbox without AWS. */
const AWS_PORTS: readonly string[] = ["aws", "emulator"] satisfies readonly PortName[];

export type PortName = keyof typeof OFFSETS;
export type Ports = Readonly<Record<PortName, number>>;

const DEFAULT_BASE = 16440;
/** So many ports are kept for one sandbox; two sandboxes need base ports that far apart. */
const SPAN = 10;

/**
 * The base port: `$ED8K_SANDBOX_PORT`, or 16440.
 * @throws UserError when it is no port above 1023 with room for the others
 */
export function basePort(env: NodeJS.ProcessEnv = process.env): number {
  const text = env["ED8K_SANDBOX_PORT"] ?? "";
  if (text === "") return DEFAULT_BASE;
  const port = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1024 && port <= 65535 - SPAN) return port;
  throw new UserError(`ED8K_SANDBOX_PORT is "${text}", but must be a whole number from 1024 to ${65535 - SPAN}`, {
    hint: `the sandbox uses ${SPAN} ports from there on; unset it to use ${DEFAULT_BASE}`,
    exit: "usage",
  });
}

/** The ports of a sandbox. */
export function sandboxPorts(base: number): Ports {
  return {
    etcd: base + OFFSETS.etcd,
    aws: base + OFFSETS.aws,
    apiServer: base + OFFSETS.apiServer,
    controllerManager: base + OFFSETS.controllerManager,
    scheduler: base + OFFSETS.scheduler,
    emulator: base + OFFSETS.emulator,
    nodes: base + OFFSETS.nodes,
    gateway: base + OFFSETS.gateway,
    egress: base + OFFSETS.egress,
  };
}

/**
 * Does nothing when all ports are free.
 * @param withAws whether the sandbox has AWS
 * @throws UserError that names the busy port and, where Linux tells it, the process that holds it
 */
export async function checkPorts(base: number, withAws = false): Promise<void> {
  for (const [name, port] of Object.entries(sandboxPorts(base))) {
    if (!withAws && AWS_PORTS.includes(name)) continue;
    if (await becomesFree(port)) continue;
    const holder = portHolder(port);
    throw new UserError(`port ${port} on 127.0.0.1 is busy${holder === undefined ? "" : `: ${holder} holds it`}`, {
      hint: `stop that program, or set ED8K_SANDBOX_PORT to a free base port (it is ${base} now)`,
    });
  }
}

/** A killed process may hold its ports for a moment longer than its number. In milliseconds. */
const RELEASE_MS = 500;

async function becomesFree(port: number): Promise<boolean> {
  for (const deadline = Date.now() + RELEASE_MS; Date.now() < deadline; await pause(50)) {
    if (await isFree(port)) return true;
  }
  return false;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = net.createServer();
    server.once("error", () => done(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => done(true)));
  });
}

/** The listening process as `name (pid N)`; `undefined` when it is another user's or this is no Linux. */
export function portHolder(port: number): string | undefined {
  const sockets = listeningSockets(port);
  if (sockets.size === 0) return undefined;
  const pid = numbersIn("/proc").find((candidate) => holdsOne(candidate, sockets));
  return pid === undefined ? undefined : `${readText(`/proc/${pid}/comm`).trim()} (pid ${pid})`;
}

/** The kernel's numbers of sockets that listen on a port. https://docs.kernel.org/networking/proc_net_tcp.html */
function listeningSockets(port: number): ReadonlySet<string> {
  const LISTEN = "0A";
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const rows = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) => readText(file).trim().split("\n").slice(1));
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return new Set(
    fields.flatMap(([, local = "", , state, ...rest]) =>
      local.endsWith(suffix) && state === LISTEN ? [`socket:[${rest[5] ?? ""}]`] : [],
    ),
  );
}

function holdsOne(pid: string, sockets: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  return numbersIn(folder).some((file) => sockets.has(readLink(`${folder}/${file}`)));
}

function numbersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[0-9]+$/.test(name));
  } catch {
    return [];
  }
}

/** Files of /proc vanish with their process and are closed to other users; both mean "cannot be told". */
function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function readLink(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}
