import http from "node:http";
import { pipeline } from "node:stream";
import { type Answer, type Destination, failureOf, headersOf, nonsenseOf } from "./answer.js";
import { requestHeaders, responseHeaders } from "./headers.js";

/** How long a service may take to accept a connection, in milliseconds. */
const CONNECT_MS = 10_000;

/** Hands a request on to a service, and its answer back; bodies go through as they come, in both directions. */
export function forward(request: http.IncomingMessage, response: http.ServerResponse, destination: Destination): void {
  const { headers } = request;
  const upstream = openRequest(request, destination);
  let isAnswered = false;
  upstream.once("response", (answer) => {
    isAnswered = true;
    try {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? "", responseHeaders(answer));
    } catch (error) {
      // Node reads what it would not write, such as a status of 99.
      upstream.destroy();
      answerItself(response, nonsenseOf(destination, (error as Error).message));
      return;
    }
    // At once: a stream of events may have its first event much later.
    response.flushHeaders();
    pipeline(answer, response, () => undefined);
  });
  upstream.once("upgrade", (_answer, socket) => {
    isAnswered = true;
    socket.destroy();
    answerItself(response, nonsenseOf(destination, "another protocol, for which nobody had asked"));
  });
  upstream.on("error", (error) => {
    // One that has answered already may refuse the rest of the body; an answer that breaks off ends the response itself.
    if (!isAnswered && !response.destroyed) answerItself(response, failureOf(destination, error));
  });
  response.once("close", () => upstream.destroy());
  const hasBody = headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined;
  if (!hasBody) {
    upstream.end();
    return;
  }
  // At once: the service may want to answer before the body comes.
  upstream.flushHeaders();
  request.pipe(upstream);
}

/** Answers in the service's place. */
export function answerItself(response: http.ServerResponse, answer: Answer): void {
  // With its words: a service's own, which could not be written, may be there already.
  response.writeHead(answer.status, http.STATUS_CODES[answer.status] ?? "", headersOf(answer)).end(`${answer.text}\n`);
}

/**
 * A request to a service, whose body is still to be sent. Each has a connection of its own: one that is kept would lead
 * to a pod that may be gone.
 */
export function openRequest(
  request: http.IncomingMessage,
  { host, port }: Destination,
  more: readonly string[] = [],
): http.ClientRequest {
  const upstream = http.request({
    host,
    port,
    method: request.method,
    path: request.url,
    agent: false,
    setHost: false,
    headers: [...requestHeaders(request), ...more],
  });
  upstream.once("socket", (socket) => {
    const timer = setTimeout(() => socket.destroy(timedOut()), CONNECT_MS);
    socket.once("connect", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  });
  return upstream;
}

function timedOut(): Error {
  return Object.assign(new Error("the connection was not accepted in time"), { code: "ETIMEDOUT" });
}
