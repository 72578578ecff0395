import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { configurationMethods } from "./configuration-methods.js";
import { announce, createServer } from "./listen.js";
import { createEngineLog, SILENT } from "./log.js";
import { exitWithParent } from "./parent.js";
import type { Provider } from "./provider.js";
import { resourceMethods } from "./resource-methods.js";

/**
 * Serves a provider as a Pulumi plugin does. It speaks the protocol itself, because importing `@pulumi/pulumi` takes far
 * longer than the proto files alone.
 * @param engineAddress what the engine gives as first argument
 */
export async function serve(provider: Provider, engineAddress: string | undefined): Promise<void> {
  const log = engineAddress === undefined ? SILENT : createEngineLog(engineAddress);
  const server = createServer();
  server.addService(services.ResourceProviderService, {
    ...configurationMethods(provider, log),
    ...resourceMethods(provider),
  });
  exitWithParent();
  await announce(server);
}
