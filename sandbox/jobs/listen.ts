import { once } from "node:events";
import type { AddressInfo, Server, Socket } from "node:net";
import type { BackgroundServer } from "./background.js";

/** Where a server listens. */
export interface Address {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

/**
 * Lets a server listen; stopping it cuts every connection.
 * @throws Error with the system's code when it cannot listen there
 */
export async function listen(server: Server, { host, port }: Address): Promise<BackgroundServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen({ host, port, exclusive: true });
  await once(server, "listening");
  // Without a listener a connection that cannot be accepted (no file descriptor left) would end the supervisor.
  server.on("error", () => undefined);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/**
 * Makes one connection of two: each side is told what the other says, and its end. When one of them breaks, so does the
 * other; errors of either are taken, as they mean just that.
 */
export function join(one: Socket, other: Socket): void {
  one.pipe(other);
  other.pipe(one);
  breakTogether(one, other);
  breakTogether(other, one);
}

function breakTogether(socket: Socket, peer: Socket): void {
  socket.setNoDelay(true);
  // A peer that is gone without a word, as one of a node that was killed, is noticed.
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on("error", () => undefined);
  socket.once("close", (hadError) => {
    // After a clean end on both ways the peer still has to hand over what it holds.
    const isComplete = !hadError && socket.readableEnded && socket.writableFinished;
    if (isComplete) return;
    // A reset, so that what was cut off does not look whole.
    if (peer.connecting) peer.destroy();
    else peer.resetAndDestroy();
  });
}

const KEEP_ALIVE_MS = 30_000;
