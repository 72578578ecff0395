import * as grpc from "@grpc/grpc-js";

/** The engine's own limit of a message. */
const MESSAGE_BYTES = 400 * 1024 * 1024;

/** A gRPC server that takes messages as large as the engine's. */
export function createServer(): grpc.Server {
  return new grpc.Server({
    "grpc.max_receive_message_length": MESSAGE_BYTES,
    "grpc.max_send_message_length": MESSAGE_BYTES,
  });
}

/** Listens on a free port of the loopback and tells it on stdout as the first line, as the engine wants of plugins. */
export async function announce(server: grpc.Server): Promise<void> {
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) done(bound);
      else fail(error);
    });
  });
  process.stdout.write(`${port}\n`);
}
