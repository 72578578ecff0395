import http from "node:http";
import https from "node:https";
import type { Credentials } from "./credentials.js";
import { CredentialSource } from "./credentials.js";
import { errorCode, UnreachableError } from "./errors.js";
import type { KubeAccess } from "./kubeconfig.js";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One HTTP request to the API server. */
export interface WireRequest {
  readonly method: Method;
  /** With the query, such as `/api/v1/namespaces?limit=500`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
  /** True for watches and followed logs: they get a socket of their own and may be silent for long. */
  readonly stream?: boolean;
}

/** A server that is only reachable from elsewhere (a private EKS endpoint) drops packets: do not wait for minutes. */
const CONNECT_MS = 10_000;
/** The API server ends its own requests after 60 s: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ (--request-timeout) */
const SILENCE_MS = 75_000;
/** Enough for an engine that makes 32 things at once; more only queue in the API server. */
const SOCKETS = 64;
const RETRIES = 4;

/** Sockets to one API server, kept open between requests; shared by all clients made from each other. */
export class Connection {
  readonly access: KubeAccess;
  readonly #credentials: CredentialSource;
  readonly #base: URL;
  readonly #short: http.Agent;
  readonly #streams: http.Agent;

  constructor(access: KubeAccess) {
    this.access = access;
    this.#credentials = new CredentialSource(access);
    this.#base = new URL(access.server);
    const { Agent } = this.#base.protocol === "https:" ? https : http;
    this.#short = new Agent({ keepAlive: true, maxSockets: SOCKETS, scheduling: "fifo" });
    this.#streams = new Agent({ keepAlive: true });
  }

  /**
   * Sends a request and gives the answer, whatever its status, with its body still to be read. Refusals for overload
   * (429) are repeated after what the server asks for; cut connections only when repeating is harmless.
   * @throws UnreachableError when there is no answer; whatever the signal was aborted with
   */
  async send(request: WireRequest): Promise<http.IncomingMessage> {
    for (let attempt = 0; ; attempt += 1) {
      const credentials = await this.#credentials.get();
      const answer = await this.#try(request, credentials, attempt);
      if (answer === undefined) continue;
      if (attempt === 0 && answer.statusCode === 401 && this.#credentials.renew(credentials)) {
        answer.resume();
        continue;
      }
      const wait = attempt < RETRIES ? askedToWait(request, answer) : undefined;
      if (wait === undefined) return answer;
      answer.resume();
      await pause(wait, request.signal);
    }
  }

  /** Closes idle sockets, so that a process can end. */
  close(): void {
    this.#short.destroy();
    this.#streams.destroy();
  }

  /** Gives `undefined` when the request is to be sent again. */
  async #try(
    request: WireRequest,
    credentials: Credentials,
    attempt: number,
  ): Promise<http.IncomingMessage | undefined> {
    try {
      return await this.#once(request, credentials);
    } catch (error) {
      request.signal?.throwIfAborted();
      const cut = CUT.has(errorCode(error)) && request.method !== "POST";
      if (!cut || attempt >= RETRIES) throw new UnreachableError(this.access, error);
      await pause(backoff(attempt), request.signal);
      return undefined;
    }
  }

  #once(request: WireRequest, credentials: Credentials): Promise<http.IncomingMessage> {
    const { method, path, headers = {}, body, signal, stream = false } = request;
    return new Promise((answer, fail) => {
      const sent = (this.#base.protocol === "https:" ? https : http).request({
        ...this.#tls(credentials),
        agent: stream ? this.#streams : this.#short,
        hostname: this.#base.hostname.replace(/^\[|\]$/g, ""),
        port: this.#base.port,
        method,
        path: this.#base.pathname.replace(/\/$/, "") + path,
        headers: {
          ...headers,
          ...(credentials.authorization === undefined ? {} : { authorization: credentials.authorization }),
          ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }),
        },
        ...(signal === undefined ? {} : { signal }),
      });
      sent.once("response", answer);
      sent.once("error", fail);
      limitConnecting(sent);
      if (!stream) sent.setTimeout(SILENCE_MS, () => sent.destroy(timedOut("the API server fell silent")));
      sent.end(body);
    });
  }

  #tls({ certificate, key }: Credentials): https.RequestOptions {
    if (this.#base.protocol !== "https:") return {};
    const { ca, insecure, serverName } = this.access;
    return {
      ...(ca === undefined ? {} : { ca }),
      ...(insecure ? { rejectUnauthorized: false } : {}),
      ...(serverName === undefined ? {} : { servername: serverName }),
      ...(certificate === undefined || key === undefined ? {} : { cert: certificate, key }),
    };
  }
}

const CUT = new Set(["ECONNRESET", "EPIPE"]);

function limitConnecting(sent: http.ClientRequest): void {
  sent.once("socket", (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => sent.destroy(timedOut("connecting timed out")), CONNECT_MS);
    const stop = (): void => clearTimeout(timer);
    socket.once("connect", stop);
    socket.once("close", stop);
  });
}

function timedOut(message: string): Error {
  return Object.assign(new Error(message), { code: "ETIMEDOUT" });
}

/** Milliseconds after which the server wants the request again; `undefined`: the answer is final. */
function askedToWait(request: WireRequest, answer: http.IncomingMessage): number | undefined {
  const status = answer.statusCode ?? 0;
  const after = Number(answer.headers["retry-after"] ?? Number.NaN);
  const overloaded = status === 429 || (status === 503 && request.method !== "POST" && !Number.isNaN(after));
  if (!overloaded) return undefined;
  return Number.isNaN(after) ? 1000 : Math.min(after, 30) * 1000;
}

/** 50, 100, 200, 400 ms, each up to half longer, so that many clients do not come back at once. */
function backoff(attempt: number): number {
  return 50 * 2 ** attempt * (1 + Math.random() / 2);
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((done, fail) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", aborted);
      done();
    }, milliseconds);
    const aborted = (): void => {
      clearTimeout(timer);
      fail(signal?.reason instanceof Error ? signal.reason : new Error("aborted"));
    };
    signal?.addEventListener("abort", aborted, { once: true });
  });
}
