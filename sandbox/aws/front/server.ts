import http, { type IncomingMessage, type ServerResponse } from "node:http";
import { mkdirSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import type { BackgroundServer } from "../../jobs/background.js";
import { listen } from "../../jobs/listen.js";
import { type Answer, jsonAnswer } from "./answer.js";
import { AwsError, errorAnswer } from "./aws-error.js";
import { control } from "./control.js";
import { Emulator } from "./emulator.js";
import { CallFaults } from "./faults.js";
import { openServices, type Services } from "./services.js";
import type { FrontOptions } from "./options.js";
import { scopeOf } from "./scope.js";

/** Buckets' objects are handed through as they come; everything else is small. */
const STREAMED = ["s3"];

/**
 * The emulator as clients see it: answers what the emulator lacks, passes on the rest, counts calls. It adds no name of
 * its own to the network: loopback only.
 */
export async function startFront(options: FrontOptions): Promise<BackgroundServer> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const emulator = new Emulator(options.emulator);
  const faults = new CallFaults();
  const services = openServices(options, emulator);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://front");
    if (url.pathname.startsWith("/_ed8k/")) {
      send(response, await control({ request, url, faults, services, port: portOf(server) }));
      return;
    }
    await serveAws({ request, response, url }, { emulator, faults, services });
  };
  const server = http.createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      options.log(
        `${request.method ?? ""} ${request.url ?? ""}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      if (response.headersSent) response.destroy();
      else send(response, jsonAnswer({ __type: "InternalFailure", message: (error as Error).message }, 500));
    });
  });
  // Clients keep connections for a long time; one that is closed just when it is used again would be an error to them.
  server.keepAliveTimeout = 75_000;
  const listening = await listen(server, { host: "127.0.0.1", port: options.port });
  return {
    port: listening.port,
    stop: async () => {
      await listening.stop();
      emulator.close();
    },
  };
}

function portOf(server: http.Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

interface Parts {
  readonly emulator: Emulator;
  readonly faults: CallFaults;
  readonly services: Services;
}

async function serveAws({ request, response, url }: Exchange, { emulator, faults, services }: Parts): Promise<void> {
  const scope = scopeOf(request.headers, url.searchParams);
  const service = scope?.service ?? "";
  const isStreamed = scope === undefined || STREAMED.includes(service);
  const { method = "GET", headers } = request;
  const body = isStreamed ? undefined : await buffer(request);
  try {
    if (scope !== undefined) {
      services.count({ scope, method, url, headers, body });
      faults.check(service);
    }
    if (scope === undefined || body === undefined) {
      await emulator.pass(request, response);
      return;
    }
    send(response, await services.answer({ scope, method, url, headers, body }));
  } catch (failure) {
    const error = isUnreachable(failure) ? unreachable(failure) : failure;
    if (!(error instanceof AwsError) || response.headersSent) throw failure;
    // A body that nobody reads would keep the connection from being used again.
    request.resume();
    send(response, errorAnswer(error, service));
  }
}

/** While the emulator is started again clients are to try again, as with AWS itself. */
function unreachable(cause: Error): AwsError {
  return new AwsError("ServiceUnavailable", `the AWS emulator does not answer: ${cause.message}`, 503);
}

function isUnreachable(error: unknown): error is NodeJS.ErrnoException {
  const { code = "" } = error as NodeJS.ErrnoException;
  return error instanceof Error && ["ECONNREFUSED", "ECONNRESET", "EPIPE"].includes(code);
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  const bytes = Buffer.from(body);
  const kept = Object.entries(headers).filter(([name]) => name !== "content-length");
  response.writeHead(status, {
    ...(Object.fromEntries(kept) as http.OutgoingHttpHeaders),
    "content-length": bytes.length,
  });
  response.end(bytes);
}
