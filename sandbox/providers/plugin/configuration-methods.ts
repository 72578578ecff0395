import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import type { CheckRequest, ConfigureRequest, DiffRequest, InvokeRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "./calls.js";
import type { EngineLog } from "./log.js";
import type { Provider } from "./provider.js";
import { checkResponse, diffResponse } from "./responses.js";
import { fromStruct, isMap, toStruct } from "./values.js";

/** What is not here gRPC itself answers as unimplemented, and the engine does without. */
type Methods = Pick<
  IResourceProviderServer,
  | "handshake"
  | "getPluginInfo"
  | "getSchema"
  | "checkConfig"
  | "diffConfig"
  | "configure"
  | "invoke"
  | "cancel"
  | "attach"
>;

/** The calls about the plugin and its configuration. */
export function configurationMethods(provider: Provider, log: EngineLog): Methods {
  return {
    handshake: unary(() => handshake()),
    getPluginInfo: unary(() => pluginInfo(provider)),
    getSchema: unary(() => schema(provider)),
    checkConfig: unary((request: CheckRequest) => checkResponse(provider.checkConfig(fromStruct(request.getNews())))),
    diffConfig: unary((request: DiffRequest) =>
      // Engines before 3.60 knew no old inputs; a provider's state is its inputs.
      diffResponse(
        provider.diffConfig(fromStruct(request.getOldInputs() ?? request.getOlds()), fromStruct(request.getNews())),
      ),
    ),
    configure: unary((request: ConfigureRequest) => configure(provider, request, log)),
    invoke: unary((request: InvokeRequest) => invoke(provider, request)),
    cancel: unary(() => {
      provider.cancel();
      return new empties.Empty();
    }),
    attach: unary(() => new empties.Empty()),
  };
}

function handshake(): messages.ProviderHandshakeResponse {
  const response = new messages.ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  response.setAcceptResources(false);
  response.setAcceptOutputs(false);
  return response;
}

function pluginInfo(provider: Provider): plugins.PluginInfo {
  const info = new plugins.PluginInfo();
  info.setVersion(provider.version);
  return info;
}

function schema({ name, version }: Provider): messages.GetSchemaResponse {
  const response = new messages.GetSchemaResponse();
  response.setSchema(JSON.stringify({ name, version }));
  return response;
}

function configure(provider: Provider, request: ConfigureRequest, log: EngineLog): messages.ConfigureResponse {
  provider.configure(fromStruct(request.getArgs()), log);
  const response = new messages.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  return response;
}

async function invoke(provider: Provider, request: InvokeRequest): Promise<messages.InvokeResponse> {
  const result = await provider.invoke(request.getTok(), fromStruct(request.getArgs()));
  const response = new messages.InvokeResponse();
  response.setReturn(toStruct(isMap(result) ? result : { result }));
  return response;
}
