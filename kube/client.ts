import type http from "node:http";
import { Connection, type Method } from "./connection.js";
import { isNotFound, KubeError, UnreachableError } from "./errors.js";
import type { Impersonation, KubeAccess } from "./kubeconfig.js";
import type { Json, JsonObject, Manifest } from "./manifest.js";
import {
  asText,
  isJsonObject,
  type LiveList,
  type LiveObject,
  type NamedRef,
  type ObjectRef,
  refOf,
} from "./object.js";
import type {
  Query,
  RequestOptions,
  WriteOptions,
  ApplyOptions,
  PatchOptions,
  ListOptions,
  DeleteOptions,
} from "./options.js";
import { Resources } from "./resources.js";

export interface ClientOptions {
  /** Acts as somebody else, as `kubectl --as --as-group` does. @default whom the kubeconfig says, if anybody */
  readonly impersonate?: Impersonation;
  /** A client of the same cluster whose sockets and known kinds are used as well. */
  readonly sharing?: KubeClient;
}

/**
 * A thin client of one Kubernetes API server (docs/decisions/thin-kubernetes-client.md).
 * Every call throws `KubeError` when the server refuses and `UnreachableError` when it does not answer.
 */
export class KubeClient {
  readonly access: KubeAccess;
  readonly resources: Resources;
  readonly #connection: Connection;
  readonly #impersonate: Impersonation | undefined;

  constructor(access: KubeAccess, options: ClientOptions = {}) {
    const { impersonate = access.user.impersonate, sharing } = options;
    this.access = access;
    this.#impersonate = impersonate;
    this.#connection = sharing === undefined ? new Connection(access) : sharing.#connection;
    this.resources =
      sharing?.resources ??
      new Resources((path, accept) => this.request("GET", path, accept === undefined ? {} : { accept }));
  }

  /** The same cluster, sockets and known kinds, acting as somebody else. */
  impersonating(user: string, groups: readonly string[] = []): KubeClient {
    return new KubeClient(this.access, { impersonate: { user, groups }, sharing: this });
  }

  /** Sends a request and reads its answer: JSON as data, anything else as text. */
  async request(method: Method, path: string, options: RequestOptions = {}): Promise<unknown> {
    return this.#read(await this.#send(method, path, options), options.signal);
  }

  /** Sends a request whose answer is read as it comes: a watch, a followed log. The answer was accepted (2xx). */
  async open(path: string, options: RequestOptions = {}): Promise<http.IncomingMessage> {
    const answer = await this.#send("GET", path, { ...options, stream: true });
    if (isRefusal(answer)) await this.#read(answer, options.signal);
    return answer;
  }

  /** The path of an object, or of a kind's list. */
  async path(ref: ObjectRef | NamedRef): Promise<string> {
    const { plural, namespaced } = await this.resources.find(ref);
    const group = ref.apiVersion.includes("/") ? `/apis/${ref.apiVersion}` : `/api/${ref.apiVersion}`;
    const named = "name" in ref;
    const namespace = ref.namespace ?? (named ? this.access.namespace : undefined);
    const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
    const object = named ? `/${encodeURIComponent(ref.name)}` : "";
    const subresource = named && ref.subresource !== undefined ? `/${ref.subresource}` : "";
    return `${group}${scope}/${plural}${object}${subresource}`;
  }

  async get(ref: NamedRef, options: { readonly signal?: AbortSignal } = {}): Promise<LiveObject> {
    return asObject(await this.request("GET", await this.path(ref), options));
  }

  /** As `get`, but `undefined` when it (or its kind) is not there. */
  async find(ref: NamedRef, options: { readonly signal?: AbortSignal } = {}): Promise<LiveObject | undefined> {
    try {
      return await this.get(ref, options);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** All objects of a kind, in a namespace or in all, page by page. */
  async list(ref: ObjectRef, { pageSize = 500, signal, ...selectors }: ListOptions = {}): Promise<LiveList> {
    const path = await this.path(ref);
    const items: LiveObject[] = [];
    let next: string | undefined;
    let resourceVersion = "";
    do {
      const query = { ...selectors, limit: pageSize === 0 ? undefined : pageSize, continue: next };
      const page = await this.request("GET", path, { query, ...(signal === undefined ? {} : { signal }) });
      const { metadata, items: found } = page as { metadata: JsonObject; items?: readonly JsonObject[] };
      // Objects in lists come without apiVersion and kind.
      for (const item of found ?? []) items.push(asObject({ ...item, apiVersion: ref.apiVersion, kind: ref.kind }));
      resourceVersion = asText(metadata["resourceVersion"]);
      next = typeof metadata["continue"] === "string" && metadata["continue"] !== "" ? metadata["continue"] : undefined;
    } while (next !== undefined);
    return { resourceVersion, items };
  }

  /** @throws KubeError with reason `AlreadyExists` */
  async create(manifest: Manifest, options: WriteOptions = {}): Promise<LiveObject> {
    const { name: _, ...kind } = refOf(manifest);
    const namespace = kind.namespace ?? this.access.namespace;
    return this.#write("POST", await this.path({ ...kind, namespace }), { body: manifest, ...options });
  }

  /** Server-side apply: makes the object or changes the fields that this manager names. */
  async apply(manifest: Manifest, { force, ...options }: ApplyOptions = {}): Promise<LiveObject> {
    const path = await this.path(refOf(manifest));
    // JSON is YAML; this content type is the one for server-side apply in every version.
    const contentType = "application/apply-patch+yaml";
    return this.#write("PATCH", path, { body: manifest, contentType, force, ...options });
  }

  async patch(ref: NamedRef, body: Json, { type = "merge", ...options }: PatchOptions = {}): Promise<LiveObject> {
    return this.#write("PATCH", await this.path(ref), {
      body,
      contentType: `application/${type}-patch+json`,
      ...options,
    });
  }

  /** Asks for deletion and does not wait; gives the object while finalizers hold it, else `undefined`. */
  async delete(ref: NamedRef, { signal, dryRun, ...options }: DeleteOptions = {}): Promise<LiveObject | undefined> {
    const body = {
      apiVersion: "v1",
      kind: "DeleteOptions",
      propagationPolicy: options.propagationPolicy ?? "Background",
      preconditions: options.preconditions,
      gracePeriodSeconds: options.gracePeriodSeconds,
      dryRun: dryRun === true ? ["All"] : undefined,
    };
    const answer = await this.request("DELETE", await this.path(ref), {
      body,
      ...(signal === undefined ? {} : { signal }),
    });
    return isJsonObject(answer) && answer["kind"] !== "Status" ? asObject(answer) : undefined;
  }

  /** Closes idle sockets, those of impersonating clients too. */
  close(): void {
    this.#connection.close();
  }

  async #write(
    method: Method,
    path: string,
    { dryRun, fieldManager = "ed8k", force, ...rest }: Write,
  ): Promise<LiveObject> {
    const query = { fieldManager, force, dryRun: dryRun === true ? "All" : undefined };
    return asObject(await this.request(method, path, { query, ...rest }));
  }

  async #read(answer: http.IncomingMessage, signal: AbortSignal | undefined): Promise<unknown> {
    try {
      return await readAnswer(answer);
    } catch (error) {
      signal?.throwIfAborted();
      // The connection was cut in the middle of the answer.
      throw error instanceof KubeError ? error : new UnreachableError(this.access, error);
    }
  }

  #send(method: Method, path: string, options: Send): Promise<http.IncomingMessage> {
    const { query = {}, body, contentType = JSON_TYPE, accept = JSON_TYPE, stream = false, signal } = options;
    return this.#connection.send({
      method,
      path: path + queryString(query),
      headers: {
        accept,
        "user-agent": "ed8k",
        ...(body === undefined ? {} : { "content-type": contentType }),
        ...impersonationHeaders(this.#impersonate),
      },
      stream,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
}

type Write = Omit<ApplyOptions, "force"> &
  Pick<RequestOptions, "body" | "contentType"> & { readonly force?: boolean | undefined };

type Send = RequestOptions & { readonly stream?: boolean };

const JSON_TYPE = "application/json";

function impersonationHeaders(impersonate: Impersonation | undefined): Record<string, string | readonly string[]> {
  if (impersonate === undefined) return {};
  const { user, uid, groups } = impersonate;
  return {
    "Impersonate-User": user,
    "Impersonate-Group": groups,
    ...(uid === undefined ? {} : { "Impersonate-Uid": uid }),
  };
}

function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

function isRefusal(answer: http.IncomingMessage): boolean {
  return (answer.statusCode ?? 0) >= 400;
}

async function readAnswer(answer: http.IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const isJson = (answer.headers["content-type"] ?? "").startsWith(JSON_TYPE);
  const content = isJson ? parseJson(text) : text;
  if (isRefusal(answer)) throw new KubeError(answer.statusCode ?? 0, content ?? text);
  if (content === undefined) throw new KubeError(502, "the API server's answer is not the JSON that it is said to be");
  return content;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The API server is trusted to answer object requests with objects; an answer that is none is told. */
function asObject(answer: unknown): LiveObject {
  if (isJsonObject(answer) && isJsonObject(answer["metadata"])) return answer as unknown as LiveObject;
  throw new KubeError(502, "the API server did not answer with an object; is something else listening there?");
}
