import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { errorText, type Log } from "../log.js";
import { type Answer, refusal } from "./answer.js";
import { answer, type RouterContext } from "./router.js";

const BODY_LIMIT = 64 * 1024;

/** Serves HTTP on `port` of all addresses; resolves when it listens. */
export async function startServer(port: number, context: RouterContext): Promise<Server> {
  const server = createServer((request, response) => {
    // What is thrown here is a client that went away in the middle of its request.
    serve(request, response, context).catch((error: unknown) => {
      context.log("debug", "request broken off", { error: errorText(error) });
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, resolve);
  });
  return server;
}

/** Takes no more connections, and resolves when the requests that are under way have their answers. */
export async function stopServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that waits for its next request would hold the stop up for seconds.
  const closing = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearInterval(closing);
}

async function serve(request: IncomingMessage, response: ServerResponse, context: RouterContext): Promise<void> {
  const begun = Date.now();
  const given = await answerTo(request, context);
  const body = `${JSON.stringify(given.body)}\n`;
  response.writeHead(given.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    ...given.headers,
  });
  response.end(body);
  logAnswer(context.log, request, { status: given.status, milliseconds: Date.now() - begun });
}

async function answerTo(request: IncomingMessage, context: RouterContext): Promise<Answer> {
  const { method = "GET", url = "/" } = request;
  const base = "http://fxsuite";
  if (!URL.canParse(url, base)) return refusal(400, "the path cannot be read");
  const body = await read(request);
  if (body === undefined) {
    return { ...refusal(413, `the body is larger than ${BODY_LIMIT} bytes`), headers: { connection: "close" } };
  }
  return answer({ method, url: new URL(url, base), body }, context);
}

/** `undefined`: the body is larger than any deal. */
async function read(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Probes ask every few seconds: told only to who wants all. */
function logAnswer(log: Log, { method, url = "/" }: IncomingMessage, told: { status: number; milliseconds: number }) {
  log(url.startsWith("/health/") ? "debug" : "info", "request", { method, path: url, ...told });
}
