import type http from "node:http";
import { errorCode } from "../../../kube/errors.js";
import { type Backend, findRoute, type RouteTable } from "./routes.js";

/** What the gateway says itself, where no service answers. */
export interface Answer {
  readonly status: number;
  /** One sentence and what to do. */
  readonly text: string;
}

/** Where a request goes. */
export interface Destination {
  readonly backend: Backend;
  readonly host: string;
  readonly port: number;
}

/** Finds who answers a request, from its Host header and its path. Hosts of others are not told. */
export function destinationOf(table: RouteTable, { headers, url = "/" }: http.IncomingMessage): Destination | Answer {
  const host = (headers.host ?? "").toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
  const routes = table.get(host);
  if (routes === undefined) {
    return {
      status: 404,
      text: `No environment serves the host "${host}". ed8kctl list and ed8kctl open tell addresses.`,
    };
  }
  const path = url.replace(/[?#].*$/s, "");
  const route = findRoute(routes, path);
  if (route === undefined) return { status: 404, text: `The host ${host} has no route for the path ${path}.` };
  const { backend } = route;
  if (backend.address !== undefined) return { backend, ...backend.address };
  return {
    status: 503,
    text: `The route of ${host} leads to the Service ${backend.name}, port ${backend.port}, which is not there.`,
  };
}

/** What is said when a service cannot be reached, or breaks off before it has answered. */
export function failureOf({ backend }: Destination, error: unknown): Answer {
  const service = `The Service ${backend.name}, port ${backend.port},`;
  const code = errorCode(error);
  if (UNREACHED.includes(code)) {
    const [environment] = backend.name.split("/");
    return {
      status: 503,
      text: `${service} has no pod that is ready (${code}). ed8kctl show ${environment} tells why.`,
    };
  }
  return { status: 502, text: `${service} broke off before it had answered (${code === "" ? String(error) : code}).` };
}

/** What is said in place of an answer that cannot be handed on. */
export function nonsenseOf({ backend }: Destination, what: string): Answer {
  return { status: 502, text: `The Service ${backend.name}, port ${backend.port}, answers what is no HTTP: ${what}.` };
}

/** Refused or unreachable: kube-proxy refuses connections to a Service without ready pods. */
const UNREACHED: readonly string[] = ["ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"];

/** The answer as plain text, with its length. */
export function headersOf({ text }: Answer): Record<string, string> {
  return { "content-type": "text/plain; charset=utf-8", "content-length": String(Buffer.byteLength(text) + 1) };
}
