import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns/promises";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { networkInterfaces } from "node:os";
import { type BackgroundServer, faultsTo, type Log } from "./background.js";
import { type Address, join, listen } from "./listen.js";
import { familyOf, holds, subnet } from "./subnets.js";

export interface EgressOptions extends Address {
  /** The one address that may use it: the node's, where containerd is. Pods have others. */
  readonly from: string;
  /** The sandbox's own addresses, such as `10.27.0.0/16`; nobody is led to them. */
  readonly slice: string;
  readonly log: Log;
  /** @default this machine's */
  readonly network?: Network;
}

/** How names are looked up, and connections are made. */
export interface Network {
  /** The addresses that this machine has now: networks come and go. */
  own(): readonly string[];
  lookup(name: string): Promise<readonly LookupAddress[]>;
  /** To the first of the addresses that answers, and to no other. */
  connect(addresses: readonly LookupAddress[], port: number): net.Socket;
}

/** How long a registry may take to accept a connection, in milliseconds. */
const CONNECT_MS = 15_000;

/**
 * An HTTP proxy by which the node's containerd reaches image registries: the node has no route out. It knows CONNECT
 * alone, so that it never sees what is pulled, and leads neither to this machine nor to the sandbox itself.
 * https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export function startEgress({
  host,
  port,
  log,
  network = MACHINE,
  ...rules
}: EgressOptions): Promise<BackgroundServer> {
  const faults = faultsTo(log, "egress");
  const server = http.createServer((_request, response) => {
    response
      .writeHead(405, { allow: "CONNECT", "content-type": "text/plain" })
      .end("This proxy knows CONNECT alone.\n");
  });
  server.on("connect", ({ url = "" }: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    socket.on("error", () => undefined);
    const open = async (): Promise<void> => {
      if (!isSame(socket.remoteAddress, rules.from)) throw new Refusal(403, "only the node may use this proxy");
      const refused = refusedAddresses(rules.slice, network.own());
      const target = await connect(url, { refused, network });
      faults.over();
      if (socket.destroyed) return void target.destroy();
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.write(head);
      join(socket, target);
    };
    open().catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal(502, `${url}: ${(error as Error).message}`);
      faults.met(refusal.message);
      refuse(socket, refusal);
    });
  });
  return listen(server, { host, port });
}

/** An answer that is no connection. */
class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

function refuse(socket: net.Socket, { status, message }: Refusal): void {
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ""}`,
    "content-type: text/plain",
    `content-length: ${Buffer.byteLength(message) + 1}`,
    "connection: close",
  ];
  socket.end([...head, "", `${message}\n`].join("\r\n"));
}

/** A socket for both families shows addresses of IPv4 in those of IPv6. */
function isSame(remote: string | undefined, address: string): boolean {
  return remote === address || remote === `::ffff:${address}`;
}

/** This machine, in every way to write it, its link-local neighbours (among them a cloud's metadata), and the sandbox. */
function refusedAddresses(slice: string, own: readonly string[]): net.BlockList {
  const list = subnet(slice);
  for (const address of own) list.addAddress(address, familyOf(address));
  list.addSubnet("0.0.0.0", 8, "ipv4");
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addSubnet("169.254.0.0", 16, "ipv4");
  list.addSubnet("::", 127, "ipv6");
  list.addSubnet("fe80::", 10, "ipv6");
  return list;
}

async function connect(
  asked: string,
  { refused, network }: { readonly refused: net.BlockList; readonly network: Network },
): Promise<net.Socket> {
  const [, name, port] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(asked) ?? [];
  if (name === undefined || Number(port) > 65_535) throw new Refusal(400, `"${asked}" is no HOST:PORT`);
  const addresses = await network.lookup(name);
  const own = addresses.find(({ address }) => holds(refused, address));
  if (own !== undefined) {
    throw new Refusal(403, `${asked} is refused: ${own.address} is this machine or the sandbox itself`);
  }
  const socket = network.connect(addresses, Number(port));
  socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error(`no answer within ${CONNECT_MS / 1000} s`)));
  await once(socket, "connect");
  socket.setTimeout(0);
  return socket;
}

const MACHINE: Network = {
  own: () => Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address)),
  lookup: (name) => systemLookup(name, { all: true }),
  // The addresses that were looked at, and no others that the name may have a moment later.
  connect: (addresses, port) =>
    net.connect({
      host: "looked-up.invalid",
      port,
      allowHalfOpen: true,
      lookup: (_name, _options, give) => give(null, [...addresses]),
    }),
};
