import * as grpc from "@grpc/grpc-js";
import errors from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import { UserError } from "../../../errors.js";
import { InitializationError } from "./provider.js";
import { toStruct } from "./values.js";

/** Makes a gRPC method of a function; what it throws becomes the call's error. */
export function unary<Request, Response>(
  answer: (request: Request) => Promise<Response> | Response,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    // In a promise, so that what the function throws at once takes the same way.
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => callback(null, response),
        (error: unknown) => callback(toServiceError(error)),
      );
  };
}

function toServiceError(error: unknown): Partial<grpc.StatusObject> {
  const details = messageOf(error);
  if (!(error instanceof InitializationError)) return { code: grpc.status.UNKNOWN, details };
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(initializationDetails(error)));
  return { code: grpc.status.UNKNOWN, details, metadata };
}

function messageOf(error: unknown): string {
  if (error instanceof UserError && error.hint !== undefined) return `${error.message}. ${error.hint}.`;
  return error instanceof Error ? error.message : String(error);
}

function initializationDetails(error: InitializationError): Uint8Array {
  const failed = new errors.ErrorResourceInitFailed();
  failed.setId(error.id);
  failed.setProperties(toStruct(error.state));
  failed.setReasonsList([...error.reasons]);
  const any = new anys.Any();
  any.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statuses.Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(any);
  return status.serializeBinary();
}
