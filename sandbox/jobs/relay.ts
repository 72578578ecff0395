import net from "node:net";
import { type BackgroundServer, faultsTo, type Log } from "./background.js";
import { type Address, join, listen } from "./listen.js";
import { holds, subnet } from "./subnets.js";

export interface RelayOptions extends Address {
  /** Port on 127.0.0.1 that connections are handed on to. */
  readonly to: number;
  /** The sandbox's own addresses, such as `10.27.0.0/16`; whoever has another one is cut off. */
  readonly slice: string;
  readonly log: Log;
}

/**
 * Hands TCP connections on to a port of loopback: by it a real node reaches the API server, which listens on nothing
 * but loopback.
 */
export function startRelay({ host, port, to, slice, log }: RelayOptions): Promise<BackgroundServer> {
  const faults = faultsTo(log, "relay");
  const allowed = subnet(slice);
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    // Other machines reach an address of this one by whichever network they share with it.
    if (!holds(allowed, socket.remoteAddress ?? "")) {
      socket.on("error", () => undefined).destroy();
      return;
    }
    const target = net.connect({ host: "127.0.0.1", port: to, allowHalfOpen: true });
    join(socket, target);
    let isOpen = false;
    target.once("connect", () => {
      isOpen = true;
      faults.over();
    });
    target.once("error", ({ message }) => {
      if (!isOpen) faults.met(`127.0.0.1:${to} does not answer: ${message}`);
    });
  });
  return listen(server, { host, port });
}
