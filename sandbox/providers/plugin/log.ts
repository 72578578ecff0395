import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";

/** Says things to the person who runs the engine, beside the resource that they are about. */
export interface EngineLog {
  info(urn: string, message: string): void;
  warn(urn: string, message: string): void;
  /** Shown only while the operation runs, in place of the one before. */
  status(urn: string, message: string): void;
}

/** A log that speaks to the engine at this address. */
export function createEngineLog(address: string): EngineLog {
  const engine = new services.EngineClient(address, grpc.credentials.createInsecure());
  const { INFO, WARNING } = messages.LogSeverity;
  const say = (severity: typeof INFO | typeof WARNING, { urn, message, ephemeral }: Line): void => {
    const request = new messages.LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(message);
    request.setEphemeral(ephemeral);
    // An engine that is gone needs no words; whatever made it go is told by itself.
    engine.log(request, () => undefined);
  };
  return {
    info: (urn, message) => say(INFO, { urn, message, ephemeral: false }),
    warn: (urn, message) => say(WARNING, { urn, message, ephemeral: false }),
    status: (urn, message) => say(INFO, { urn, message, ephemeral: true }),
  };
}

interface Line {
  readonly urn: string;
  readonly message: string;
  readonly ephemeral: boolean;
}

/** A log for when there is no engine to speak to. */
export const SILENT: EngineLog = { info: () => undefined, warn: () => undefined, status: () => undefined };
