import { once } from "node:events";
import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { KubeClient } from "../../../kube/client.js";
import type { KubeAccess } from "../../../kube/kubeconfig.js";
import type { JsonObject } from "../../../kube/manifest.js";
import { asText, at, isJsonObject, type LiveObject, type NamedRef } from "../../../kube/object.js";
import type { ApiResource } from "../../../kube/resources.js";
import { aggregatedDocument, groupDocument, groupPath, KINDS } from "./fake/kinds.js";
import { Refusal } from "./fake/refusal.js";
import { type Place, Store, type StoredEvent } from "./fake/store.js";

/** One request as it came in. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

/** What is answered instead of the usual. */
export interface Fault {
  /** Which requests. @default all */
  readonly when?: (request: SeenRequest) => boolean;
  /** How many of them. @default 1 */
  readonly times?: number;
  /** HTTP status; `"cut"` ends the connection, `"silent"` never answers. */
  readonly answer: number | "cut" | "silent";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * A small API server in memory, over real HTTP on loopback: discovery, objects, pages, server-side apply, watches, and
 * faults on demand. It knows no schemas and runs no controllers: tests play them with `put` and `remove`.
 */
export class FakeApiServer {
  readonly requests: SeenRequest[] = [];
  /** Kinds that it serves; more can be added at any time, as definitions do. */
  readonly kinds: ApiResource[] = [...KINDS];
  readonly store = new Store();
  /** The watches that are open now. */
  readonly watches = new Set<http.ServerResponse>();
  readonly #faults: { fault: Fault; left: number }[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #clients: KubeClient[] = [];
  #port = 0;
  readonly #server = http.createServer((request, response) => void this.#receive(request, response));

  /** Listens on a free port. */
  static async start(): Promise<FakeApiServer> {
    const server = new FakeApiServer();
    server.#server.on("connection", (socket) => server.#sockets.add(socket));
    await server.comeBack();
    return server;
  }

  /** How many connections were made to it. */
  get connections(): number {
    return this.#sockets.size;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  access(changes: Partial<KubeAccess> = {}): KubeAccess {
    return { context: "fake", server: this.url, insecure: false, namespace: "default", user: {}, ...changes };
  }

  client(changes: Partial<KubeAccess> = {}): KubeClient {
    const client = new KubeClient(this.access(changes));
    this.#clients.push(client);
    return client;
  }

  /** A kubeconfig of it, as content. */
  kubeconfig(namespace = "default"): string {
    return JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": "fake",
      contexts: [{ name: "fake", context: { cluster: "fake", user: "fake", namespace } }],
      clusters: [{ name: "fake", cluster: { server: this.url } }],
      users: [{ name: "fake", user: {} }],
    });
  }

  fail(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** Makes or changes an object behind everybody's back, as a controller or another person does. */
  put(object: JsonObject & { readonly metadata: JsonObject }): LiveObject {
    const place = this.#placeOf(object);
    const isThere = this.store.list(place).some(({ metadata }) => metadata.name === place.name);
    return isThere ? this.store.merge(place, object) : this.store.create(place, object);
  }

  remove(ref: NamedRef): void {
    this.store.remove(this.#placeOf({ ...ref, metadata: { name: ref.name, namespace: ref.namespace } }));
  }

  /** Requests that were no discovery, as `METHOD path`. */
  calls(): readonly string[] {
    return this.requests
      .filter(({ path }) => !this.kinds.some(({ apiVersion }) => groupPath(apiVersion) === path))
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** Nothing listens any more; what it holds stays. */
  async goAway(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** Listens, on the same port as before. */
  async comeBack(): Promise<void> {
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.close();
    if (this.#server.listening) await this.goAway();
  }

  #placeOf({ apiVersion, kind, metadata }: JsonObject & { readonly metadata: JsonObject }): Place {
    const resource = this.kinds.find((each) => each.apiVersion === apiVersion && each.kind === kind);
    if (resource === undefined) throw new Error(`the fake API server has no ${asText(apiVersion)} ${asText(kind)}`);
    const namespace = resource.namespaced ? asText(metadata["namespace"] ?? "default") : undefined;
    return { resource, namespace, name: asText(metadata["name"]) };
  }

  async #receive(message: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const request = await readRequest(message);
    this.requests.push(request);
    const armed = this.#faults.find(({ fault, left }) => left > 0 && (fault.when?.(request) ?? true));
    if (armed !== undefined) {
      armed.left -= 1;
      answerFault(armed.fault, message.socket, response);
      return;
    }
    try {
      this.#answer(request, response);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      send(response, error.code, error.status);
    }
  }

  #answer(request: SeenRequest, response: http.ServerResponse): void {
    const { method, path, query } = request;
    if (path === "/api" || path === "/apis") return send(response, 200, aggregatedDocument(path, this.kinds));
    const group = groupDocument(path, this.kinds);
    if (group !== undefined) return send(response, 200, group);
    const place = this.#route(path);
    if (method === "GET" && place.name !== "") return send(response, 200, this.store.get(place));
    if (method === "GET" && query["watch"] === "true") return this.#watch(place, request, response);
    if (method === "GET") return send(response, 200, listPage(place, query, this.store));
    const written = write(this.store, place, request);
    send(response, method === "POST" ? 201 : 200, written ?? { kind: "Status", apiVersion: "v1", status: "Success" });
  }

  #route(path: string): Place {
    for (const resource of this.kinds) {
      const match = new RegExp(
        `^${groupPath(resource.apiVersion)}(?:/namespaces/([^/]+))?/${resource.plural}(?:/([^/]+))?$`,
      );
      const found = match.exec(path);
      if (found === null) continue;
      return { resource, namespace: found[1], name: decodeURIComponent(found[2] ?? "") };
    }
    throw new Refusal(404, "NotFound", { message: "the server could not find the requested resource" });
  }

  #watch(place: Place, { query }: SeenRequest, response: http.ServerResponse): void {
    const tell = ({ type, object }: StoredEvent): void => {
      if (response.writableEnded) return;
      const isOwn = object.kind === place.resource.kind && object.apiVersion === place.resource.apiVersion;
      const isThere = place.namespace === undefined || object.metadata.namespace === place.namespace;
      if (isOwn && isThere && isSelected(object, query)) response.write(`${JSON.stringify({ type, object })}\n`);
    };
    const missed = this.store.since(Number(query["resourceVersion"] ?? 0));
    response.writeHead(200, { "content-type": "application/json" });
    response.flushHeaders();
    for (const event of missed) tell(event);
    const end = this.store.subscribe(tell);
    this.watches.add(response);
    response.on("close", () => {
      end();
      this.watches.delete(response);
    });
  }
}

function write(store: Store, place: Place, { method, query, headers, body }: SeenRequest): LiveObject | undefined {
  const dryRun = query["dryRun"] === "All";
  const content = isJsonObject(body) ? body : {};
  if (method === "POST")
    return store.create({ ...place, name: asText(at(content, "metadata", "name")) }, content, dryRun);
  if (method === "DELETE") {
    return store.delete(place, {
      uid: at(content, "preconditions", "uid"),
      dryRun: at(content, "dryRun") !== undefined,
    });
  }
  if (headers["content-type"] !== "application/apply-patch+yaml") return store.merge(place, content, dryRun);
  const application = { manager: query["fieldManager"] ?? "", force: query["force"] === "true", manifest: content };
  return store.apply(place, application, dryRun);
}

/** As the real one: objects in lists carry neither apiVersion nor kind, and pages end with a token. */
function listPage(place: Place, query: SeenRequest["query"], store: Store): unknown {
  const all = store.list(place).filter((object) => isSelected(object, query));
  const start = Number(query["continue"] ?? 0);
  const end = start + Number(query["limit"] ?? all.length);
  return {
    kind: `${place.resource.kind}List`,
    apiVersion: place.resource.apiVersion,
    metadata: { resourceVersion: String(store.version), ...(end < all.length ? { continue: String(end) } : {}) },
    items: all.slice(start, end).map(({ apiVersion: _, kind: __, ...item }) => item),
  };
}

function isSelected(object: LiveObject, { labelSelector = "", fieldSelector = "" }: SeenRequest["query"]): boolean {
  const terms = (text: string): (readonly [name: string, value: string | undefined])[] =>
    text
      .split(",")
      .filter((term) => term !== "")
      .map((term) => {
        const [name = "", ...value] = term.split("=");
        return [name, value.length === 0 ? undefined : value.join("=")];
      });
  const { labels = {} } = object.metadata;
  return (
    terms(labelSelector).every(([name, value]) => (value === undefined ? name in labels : labels[name] === value)) &&
    terms(fieldSelector).every(([path, value]) => at(object, ...path.split(".")) === value)
  );
}

async function readRequest(message: http.IncomingMessage): Promise<SeenRequest> {
  const { pathname, searchParams } = new URL(message.url ?? "", "http://fake");
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  const { method = "", headers } = message;
  return { method, path: pathname, query: Object.fromEntries(searchParams), headers, body };
}

function answerFault({ answer, headers = {}, body }: Fault, socket: Socket, response: http.ServerResponse): void {
  if (answer === "silent") return;
  if (answer === "cut") socket.resetAndDestroy();
  else if (typeof body === "string") response.writeHead(answer, { "content-type": "text/plain", ...headers }).end(body);
  else response.writeHead(answer, { "content-type": "application/json", ...headers }).end(JSON.stringify(body ?? {}));
}

function send(response: http.ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(body));
}
