import type http from "node:http";
import { setTimeout } from "node:timers/promises";
import type { KubeClient } from "./client.js";
import { errorCode, KubeError } from "./errors.js";
import { isJsonObject, type LiveList, type LiveObject, type ObjectRef } from "./object.js";
import { Patience } from "./patience.js";

export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: LiveObject;
}

export interface WatchOptions {
  /** Only this object of the kind. */
  readonly name?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Continues from here. @default lists first, and tells what is there as `ADDED` */
  readonly resourceVersion?: string;
  /** What the caller has seen: should it be gone when all is listed anew, that is told as `DELETED`. @default nothing */
  readonly known?: readonly LiveObject[];
  /**
   * Waits for a server that was reached once and is away, and is told each time that it is lost.
   * @default a server that is away ends the watch with an error
   */
  readonly patient?: (fault: Error) => void;
  /** Ends the iteration without an error. */
  readonly signal?: AbortSignal;
}

/**
 * What happens to objects of a kind, for ever or until aborted. Connections that end are taken up again where they
 * were; when the server has forgotten that place, all is listed anew and only what differs is told.
 * @throws KubeError when the server refuses the watch; UnreachableError when it is gone and nobody is patient
 */
export async function* watch(
  client: KubeClient,
  ref: ObjectRef,
  options: WatchOptions = {},
): AsyncGenerator<WatchEvent> {
  const { patient, signal } = options;
  const known = new Map((options.known ?? []).map((object) => [object.metadata.uid, object]));
  const patience = patient && new Patience({ access: client.access, onLost: patient, signal });
  let from = options.resourceVersion;
  let wasReached = from !== undefined;
  try {
    for (;;) {
      const started = Date.now();
      try {
        if (from === undefined) {
          const list = await relist(client, ref, options);
          wasReached = true;
          yield* differences(known, list);
          from = list.resourceVersion;
        }
        from = yield* follow({ client, ref, options, known, from, onOpen: () => patience?.restored() });
      } catch (error) {
        if (patience === undefined || !wasReached) throw error;
        await patience.bear(error);
        from = undefined;
      }
      // A server that ends each connection at once (it is shutting down) must not be asked in a tight loop.
      if (Date.now() - started < SHORT_MS) await setTimeout(SHORT_MS, undefined, { signal });
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

/** Connections last minutes; one that ends sooner than this is followed by as long a pause. */
const SHORT_MS = 200;

interface Follow {
  readonly client: KubeClient;
  readonly ref: ObjectRef;
  readonly options: WatchOptions;
  /** By uid: what has been told so far. */
  readonly known: Map<string, LiveObject>;
  readonly from: string;
  /** The server has taken the watch. */
  readonly onOpen: () => void;
}

/** One connection; returns where the next begins, or `undefined` to list anew. */
async function* follow(followed: Follow): AsyncGenerator<WatchEvent, string | undefined> {
  try {
    return yield* followOnce(followed);
  } catch (error) {
    // Forgotten: told as an event or, by some servers, as the answer's status.
    if (error instanceof KubeError && error.status === 410) return undefined;
    throw error;
  }
}

async function* followOnce(followed: Follow): AsyncGenerator<WatchEvent, string> {
  const { client, ref, options, known, from, onOpen } = followed;
  let resourceVersion = from;
  const answer = await open(client, ref, { ...options, resourceVersion });
  onOpen();
  for await (const event of events(answer)) {
    if (event["type"] === "ERROR") throw new KubeError(statusCode(event["object"]), event["object"]);
    const object = event["object"] as LiveObject;
    resourceVersion = object.metadata.resourceVersion;
    if (event["type"] === "BOOKMARK") continue;
    const type = event["type"] as WatchEvent["type"];
    if (type === "DELETED") known.delete(object.metadata.uid);
    else known.set(object.metadata.uid, object);
    yield { type, object };
  }
  options.signal?.throwIfAborted();
  return resourceVersion;
}

async function open(client: KubeClient, ref: ObjectRef, options: WatchOptions): Promise<http.IncomingMessage> {
  const query = {
    watch: true,
    allowWatchBookmarks: true,
    labelSelector: options.labelSelector,
    fieldSelector: selector(options),
    resourceVersion: options.resourceVersion,
  };
  return client.open(await client.path(ref), {
    query,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

async function relist(client: KubeClient, ref: ObjectRef, options: WatchOptions): Promise<LiveList> {
  const { labelSelector, signal } = options;
  const fieldSelector = selector(options);
  return client.list(ref, {
    pageSize: 0,
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
    ...(signal === undefined ? {} : { signal }),
  });
}

function selector({ name, fieldSelector }: WatchOptions): string | undefined {
  return name === undefined ? fieldSelector : `metadata.name=${name}`;
}

function* differences(known: Map<string, LiveObject>, list: LiveList): Generator<WatchEvent> {
  const gone = new Map(known);
  for (const object of list.items) {
    const before = known.get(object.metadata.uid);
    gone.delete(object.metadata.uid);
    known.set(object.metadata.uid, object);
    if (before?.metadata.resourceVersion === object.metadata.resourceVersion) continue;
    yield { type: before === undefined ? "ADDED" : "MODIFIED", object };
  }
  for (const [uid, object] of gone) {
    known.delete(uid);
    yield { type: "DELETED", object };
  }
}

/** The documents of a watch, one a line. */
async function* events(answer: http.IncomingMessage): AsyncGenerator<Record<string, unknown>> {
  let rest = "";
  answer.setEncoding("utf8");
  try {
    for await (const chunk of answer as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line !== "") yield JSON.parse(line) as Record<string, unknown>;
    }
  } catch (error) {
    // A cut connection is an end like any other: the caller takes it up again.
    if (errorCode(error) === "") throw error;
  } finally {
    answer.destroy();
  }
}

function statusCode(status: unknown): number {
  return isJsonObject(status) && typeof status["code"] === "number" ? status["code"] : 500;
}
