import { credentials } from "@grpc/grpc-js";
import { createRequire } from "node:module";

// Sends one engine event to an Automation API, as the engine does: send-event.ts <all arguments of pulumi> <event as JSON>
interface Stream {
  write(request: unknown): void;
  end(): void;
}
const require = createRequire(import.meta.url);
const { EventsClient } = require("@pulumi/pulumi/proto/events_grpc_pb.js") as {
  EventsClient: new (address: string, channel: unknown) => { streamEvents(done: () => void): Stream; close(): void };
};
const { EventRequest } = require("@pulumi/pulumi/proto/events_pb.js") as {
  EventRequest: new () => { setEvent(event: string): void };
};

const address = /tcp:\/\/(\S+)/.exec(process.argv.join(" "))?.[1] ?? "";
const client = new EventsClient(address, credentials.createInsecure());
const stream = client.streamEvents(() => client.close());
const request = new EventRequest();
request.setEvent(process.argv.at(-1) ?? "");
stream.write(request);
stream.end();
