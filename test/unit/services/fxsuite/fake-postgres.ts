import { createServer, type Server, type Socket } from "node:net";

/** Numbers of types. https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const TYPES = { bool: 16, text: 25, timestamptz: 1184 } as const;

/** What one query is answered with. */
export interface FakeResult {
  /** Type of each column, by name. */
  readonly columns: Readonly<Record<string, keyof typeof TYPES>>;
  readonly rows: readonly (readonly string[])[];
}

export interface FakePostgres {
  readonly url: string;
  /** Ends all connections as a server does that is shut down at once. */
  crash(): void;
  close(): Promise<void>;
}

/**
 * A server that answers each query with the next result.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export async function fakePostgres(results: readonly FakeResult[]): Promise<FakePostgres> {
  const left = [...results];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", () => {
      socket.write(Buffer.concat([message("R", int32(0)), ready]));
      // One chunk is one query: the client waits for its answer before the next.
      socket.on("data", () => socket.write(answer(left.shift() ?? { columns: {}, rows: [] })));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const end = (last: Buffer = Buffer.alloc(0)): void => {
    for (const socket of sockets) socket.end(last);
  };
  return {
    url: `postgres://app@127.0.0.1:${port}/app`,
    crash: () => end(message("E", text("SFATAL", "C57P01", "Mterminating connection", ""))),
    close() {
      end();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function answer({ columns, rows }: FakeResult): Buffer {
  const description = Object.entries(columns).map(([name, type]) =>
    Buffer.concat([text(name), int32(0), int16(0), int32(TYPES[type]), Buffer.alloc(8)]),
  );
  return Buffer.concat([
    message("1"),
    message("2"),
    message("T", int16(description.length), ...description),
    ...rows.map((row) =>
      message("D", int16(row.length), ...row.flatMap((value) => [int32(value.length), Buffer.from(value, "utf8")])),
    ),
    message("C", text(`SELECT ${rows.length}`)),
    ready,
  ]);
}

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function text(...values: readonly string[]): Buffer {
  return Buffer.from(values.map((value) => `${value}\0`).join(""));
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeInt16BE(value);
  return buffer;
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(value);
  return buffer;
}

const ready = message("Z", Buffer.from("I"));
