import http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./answer.js";

/** A request with a body that was read, as it goes to the emulator. */
export interface Read {
  readonly method: string;
  readonly path: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

/** These belong to one connection, not to the message. RFC 9110, section 7.6.1 */
const OF_CONNECTION = ["connection", "keep-alive", "transfer-encoding", "proxy-connection", "upgrade", "expect"];

/** The emulator behind the front. */
export class Emulator {
  readonly #port: number;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

  constructor(port: number) {
    this.#port = port;
  }

  /** Asks it, and gives the whole answer. */
  async ask(request: Read): Promise<Answer> {
    const body = Buffer.from(request.body);
    const sent = this.#request({ ...request, headers: { ...request.headers, "content-length": body.length } });
    sent.end(body);
    const answer = await answerTo(sent);
    return { status: answer.statusCode ?? 502, headers: headersOf(answer.headers), body: await buffer(answer) };
  }

  /** Passes a request on as it comes, and the answer back as it comes. */
  async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const sent = this.#request({ method, path: url, headers });
    response.once("close", () => sent.destroy());
    const [, answer] = await Promise.all([pipeline(request, sent), answerTo(sent)]);
    response.writeHead(answer.statusCode ?? 502, headersOf(answer.headers));
    await pipeline(answer, response);
  }

  close(): void {
    this.#agent.destroy();
  }

  #request({ method, path, headers }: Omit<Read, "body">): http.ClientRequest {
    const options = { host: "127.0.0.1", port: this.#port, agent: this.#agent };
    // The host that was asked stays: the emulator makes addresses from it.
    return http.request({ ...options, method, path, headers: headersOf(headers) });
  }
}

function answerTo(sent: http.ClientRequest): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    sent.once("response", done);
    sent.once("error", fail);
  });
}

function headersOf(headers: http.OutgoingHttpHeaders): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_CONNECTION.includes(name)
        ? []
        : [[name, Array.isArray(value) ? [...value] : String(value)]],
    ),
  );
}
