import type http from "node:http";

/** They are about one connection, not about the message. https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1 */
const HOP_BY_HOP = [
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer"],
  ...["transfer-encoding", "upgrade"],
];
/** Told anew: nobody in front of the gateway is trusted to know better. The gateway itself has answered `expect`. */
const OURS = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "forwarded", "expect"];

/** Headers of a request as the service gets them. Names and values in turn, as `rawHeaders` has them. */
export function requestHeaders({ rawHeaders, headers, socket }: http.IncomingMessage): string[] {
  return [
    ...withoutHeaders(rawHeaders, [...named(headers), ...HOP_BY_HOP, ...OURS]),
    // Framing belongs to the connection; a body of unknown length stays one.
    ...(headers["transfer-encoding"] === undefined ? [] : ["Transfer-Encoding", "chunked"]),
    ...["X-Forwarded-For", socket.remoteAddress ?? ""],
    ...["X-Forwarded-Host", headers.host ?? ""],
    ...["X-Forwarded-Port", String(socket.localPort ?? "")],
    ...["X-Forwarded-Proto", "http"],
  ];
}

/** Headers of a service's answer as the browser gets them. */
export function responseHeaders({ rawHeaders, headers }: http.IncomingMessage): string[] {
  return withoutHeaders(rawHeaders, [...named(headers), ...HOP_BY_HOP]);
}

/** Headers that the message itself declares to be about this connection. */
function named({ connection = "" }: http.IncomingHttpHeaders): string[] {
  return connection.split(",").map((name) => name.trim().toLowerCase());
}

function withoutHeaders(raw: readonly string[], names: readonly string[]): string[] {
  return raw.flatMap((name, index) => {
    if (index % 2 === 1 || names.includes(name.toLowerCase())) return [];
    return [name, raw[index + 1] ?? ""];
  });
}
