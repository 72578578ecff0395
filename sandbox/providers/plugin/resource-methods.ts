import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type {
  CheckRequest,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { unary } from "./calls.js";
import type { DiffCall, Provider, ResourceCall } from "./provider.js";
import { checkResponse, diffResponse } from "./responses.js";
import { fromStruct, toStruct } from "./values.js";

type Methods = Pick<IResourceProviderServer, "check" | "diff" | "create" | "read" | "update" | "delete">;

/** The calls about resources. */
export function resourceMethods(provider: Provider): Methods {
  return {
    check: unary(async (request: CheckRequest) =>
      checkResponse(
        await provider.check({
          ...resourceOf(request),
          oldInputs: request.hasOlds() ? fromStruct(request.getOlds()) : undefined,
          inputs: fromStruct(request.getNews()),
          seed: request.getRandomseed_asU8(),
        }),
      ),
    ),
    diff: unary(async (request: DiffRequest) => diffResponse(await provider.diff(diffCall(request)))),
    create: unary((request: CreateRequest) => create(provider, request)),
    read: unary((request: ReadRequest) => read(provider, request)),
    update: unary((request: UpdateRequest) => update(provider, request)),
    delete: unary(async (request: DeleteRequest) => {
      await provider.delete({
        ...resourceOf(request),
        id: request.getId(),
        state: fromStruct(request.getProperties()),
        timeoutSeconds: request.getTimeout(),
      });
      return new empties.Empty();
    }),
  };
}

async function create(provider: Provider, request: CreateRequest): Promise<messages.CreateResponse> {
  const { id, state } = await provider.create({
    ...resourceOf(request),
    inputs: fromStruct(request.getProperties()),
    preview: request.getPreview(),
    timeoutSeconds: request.getTimeout(),
  });
  const response = new messages.CreateResponse();
  response.setId(request.getPreview() ? "" : id);
  response.setProperties(toStruct(state));
  return response;
}

async function read(provider: Provider, request: ReadRequest): Promise<messages.ReadResponse> {
  const found = await provider.read({
    ...resourceOf(request),
    id: request.getId(),
    inputs: fromStruct(request.getInputs()),
    state: fromStruct(request.getProperties()),
  });
  const response = new messages.ReadResponse();
  // An empty id says that the resource is gone.
  if (found === undefined) return response;
  response.setId(found.id);
  response.setInputs(toStruct(found.inputs));
  response.setProperties(toStruct(found.state));
  return response;
}

async function update(provider: Provider, request: UpdateRequest): Promise<messages.UpdateResponse> {
  const state = await provider.update({
    ...diffCall(request),
    preview: request.getPreview(),
    timeoutSeconds: request.getTimeout(),
  });
  const response = new messages.UpdateResponse();
  response.setProperties(toStruct(state));
  return response;
}

function diffCall(request: DiffRequest | UpdateRequest): DiffCall {
  return {
    ...resourceOf(request),
    id: request.getId(),
    oldInputs: fromStruct(request.getOldInputs()),
    state: fromStruct(request.getOlds()),
    inputs: fromStruct(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

function resourceOf(request: { getUrn(): string }): ResourceCall {
  const urn = request.getUrn();
  // urn:pulumi:<stack>::<project>::<parents$type>::<name>; only the name may hold `::`.
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
