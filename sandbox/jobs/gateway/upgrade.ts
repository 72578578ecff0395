import http from "node:http";
import type { Socket } from "node:net";
import { join } from "../listen.js";
import { type Answer, type Destination, failureOf, headersOf } from "./answer.js";
import { openRequest } from "./forward.js";
import { responseHeaders } from "./headers.js";

/** A request to change the protocol, and the connection that it came by. */
export interface UpgradeRequest {
  readonly request: http.IncomingMessage;
  readonly socket: Socket;
  /** What came after the request already. */
  readonly head: Buffer;
}

/**
 * Hands a connection that is to speak another protocol (a WebSocket) on to a service. When the service does not want
 * to, its answer is handed back and the connection ends.
 */
export function forwardUpgrade({ request, socket, head }: UpgradeRequest, destination: Destination): void {
  const upstream = openRequest(request, destination, [
    "Connection",
    "Upgrade",
    "Upgrade",
    request.headers.upgrade ?? "",
  ]);
  socket.once("close", () => upstream.destroy());
  upstream.once("upgrade", (answer, target, first) => {
    socket.write(headText(answer, ["Connection", "Upgrade", "Upgrade", answer.headers.upgrade ?? ""]));
    socket.write(first);
    target.write(head);
    join(socket, target);
  });
  upstream.once("response", (answer) => {
    socket.write(headText(answer, ["Connection", "close"]));
    answer.pipe(socket);
  });
  upstream.once("error", (error) => {
    if (socket.bytesWritten === 0) answerUpgrade(socket, failureOf(destination, error));
    else socket.destroy();
  });
  upstream.end();
}

/** Answers in the service's place, and ends the connection. */
export function answerUpgrade(socket: Socket, answer: Answer): void {
  const headers = Object.entries({ ...headersOf(answer), connection: "close" }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  socket.end([statusLine(answer.status), ...headers, "", `${answer.text}\n`].join("\r\n"));
}

function headText(answer: http.IncomingMessage, more: readonly string[]): string {
  const raw = [...responseHeaders(answer), ...more];
  const lines = raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1] ?? ""}`] : []));
  return [statusLine(answer.statusCode ?? 502, answer.statusMessage), ...lines, "", ""].join("\r\n");
}

function statusLine(status: number, message = http.STATUS_CODES[status] ?? ""): string {
  return `HTTP/1.1 ${status} ${message}`;
}
