import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { configurationMethods } from "./configuration-methods.js";
import { createEngineLog, SILENT } from "./log.js";
import { exitWithParent } from "./parent.js";
import type { Provider } from "./provider.js";
import { resourceMethods } from "./resource-methods.js";

/**
 * Serves a provider as a Pulumi plugin does: on a free port of the loopback, told on stdout as its first line.
 * It speaks the protocol itself, because importing `@pulumi/pulumi` takes far longer than the proto files alone.
 * @param engineAddress what the engine gives as first argument
 */
export async function serve(provider: Provider, engineAddress: string | undefined): Promise<void> {
  const log = engineAddress === undefined ? SILENT : createEngineLog(engineAddress);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MESSAGE_BYTES,
    "grpc.max_send_message_length": MESSAGE_BYTES,
  });
  server.addService(services.ResourceProviderService, {
    ...configurationMethods(provider, log),
    ...resourceMethods(provider),
  });
  const port = await listen(server);
  exitWithParent();
  process.stdout.write(`${port}\n`);
}

/** The engine's own limit. */
const MESSAGE_BYTES = 400 * 1024 * 1024;

function listen(server: grpc.Server): Promise<number> {
  return new Promise((done, fail) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) done(port);
      else fail(error);
    });
  });
}
