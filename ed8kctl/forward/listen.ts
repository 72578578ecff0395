import net from "node:net";
import { UserError } from "../../errors.js";
import { errorCode } from "../../kube/errors.js";
import { portHolder } from "../../sandbox/ports.js";

/** Only this machine reaches what is forwarded. */
export const LOOPBACK = "127.0.0.1";

/** Ports below are root's. */
const LOWEST_PORT = 1024;
/** So far above what is not allowed, or is busy, another port is looked for. */
const SHIFT = 8000;
const TRIES = 50;

/** A port of this machine: the one that is asked for, or one like the Service's. */
export interface Place {
  readonly local: number | undefined;
  /** The Service's own port. */
  readonly port: number;
}

/**
 * Listens on 127.0.0.1: on the port that was asked for; else on the Service's own number, 8000 more where that is
 * root's, or the next that is free.
 * @throws UserError when the port that was asked for is busy, with who holds it, or not allowed
 */
export async function listen({ local, port }: Place): Promise<net.Server> {
  // Who closes one direction may still read from the other.
  const server = net.createServer({ allowHalfOpen: true, noDelay: true });
  if (local !== undefined) {
    await bind(server, local);
    return server;
  }
  const first = port < LOWEST_PORT ? port + SHIFT : port;
  for (let next = first; next < first + TRIES && next <= 65_535; next += 1) {
    try {
      await bind(server, next);
      return server;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  await bind(server, 0);
  return server;
}

/** The port that a server listens on. */
export function portOf(server: net.Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function bind(server: net.Server, port: number): Promise<void> {
  try {
    await new Promise<void>((done, fail) => {
      server.once("error", fail);
      server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
        server.off("error", fail);
        done();
      });
    });
  } catch (error) {
    if (errorCode(error) === "EACCES") {
      throw new UserError(`port ${port} of this machine is for root only`, {
        hint: `choose one from ${LOWEST_PORT} on`,
        exit: "usage",
      });
    }
    if (errorCode(error) !== "EADDRINUSE") throw error;
    const holder = portHolder(port);
    throw new UserError(`port ${port} on ${LOOPBACK} is busy${holder === undefined ? "" : `: ${holder} holds it`}`, {
      hint: "stop that program, or choose another port",
    });
  }
}
