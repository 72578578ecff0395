import net from "node:net";
import { type BackgroundServer, faultsTo, type Log } from "./background.js";
import { type Address, join, listen } from "./listen.js";

export interface RelayOptions extends Address {
  /** Port on 127.0.0.1 that connections are handed on to. */
  readonly to: number;
  readonly log: Log;
}

/**
 * Hands TCP connections on to a port of loopback: by it a real node reaches the API server, which listens on nothing
 * but loopback.
 */
export function startRelay({ host, port, to, log }: RelayOptions): Promise<BackgroundServer> {
  const faults = faultsTo(log, "relay");
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
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
