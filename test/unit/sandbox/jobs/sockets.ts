import { once } from "node:events";
import net from "node:net";
import type { AddressInfo } from "node:net";

/** A TCP server of a test on a free port of loopback. */
export interface TestServer {
  readonly port: number;
  readonly sockets: readonly net.Socket[];
  readonly stop: () => Promise<void>;
}

export async function tcpServer(onConnection: (socket: net.Socket) => void): Promise<TestServer> {
  const sockets: net.Socket[] = [];
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** A port on which nothing listens. */
export async function freePort(): Promise<number> {
  const { port, stop } = await tcpServer(() => undefined);
  await stop();
  return port;
}

export async function connected(port: number): Promise<net.Socket> {
  const socket = net.connect({ host: "127.0.0.1", port });
  await once(socket, "connect");
  socket.on("error", () => undefined);
  return socket;
}

/** All that comes until the other side has ended. Not by iteration, which would end this side too. */
export function textOf(socket: net.Socket): Promise<string> {
  return begins(socket, Infinity);
}

/** The first so many bytes, or fewer when the other side ends before. */
export function begins(socket: net.Socket, length: number): Promise<string> {
  return new Promise((done) => {
    let text = "";
    const onData = (chunk: Buffer): void => {
      text += chunk.toString("utf8");
      if (text.length >= length) finish();
    };
    const finish = (): void => {
      socket.off("data", onData).off("close", finish).off("end", finish);
      done(text);
    };
    socket.on("data", onData).on("close", finish).on("end", finish);
  });
}

/** Waits until something holds, for at most one and a half seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 1500; !holds();) {
    if (Date.now() > deadline) throw new Error(`does not come true: ${holds.toString()}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}
