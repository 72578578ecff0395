import type { KubeClient } from "../../../../kube/client.js";
import { type LiveObject, refOf } from "../../../../kube/object.js";
import { watch, type WatchEvent } from "../../../../kube/watch.js";
import { type Aim, aimsOf } from "./aims.js";
import { diagnose } from "./diagnosis.js";
import type { Readiness } from "./readiness.js";
import { awaitServed } from "./served.js";

export interface Wait {
  readonly client: KubeClient;
  /** As the API server answered when it was made or changed: what is waited for begins there. */
  readonly object: LiveObject;
  readonly timeoutSeconds: number;
  /** Ends the wait at once. */
  readonly signal: AbortSignal;
  /** Told what is missing, each time that changes. */
  readonly say: (message: string) => void;
}

/** The object is there, but it is not what it should be. */
export class NotReadyError extends Error {
  /** As last seen. */
  readonly object: LiveObject;
  /** What its pods and events say. */
  readonly reasons: readonly string[];

  constructor(message: string, object: LiveObject, reasons: readonly string[]) {
    super(reasons.length === 0 ? message : `${message}\n${reasons.map((reason) => `  - ${reason}`).join("\n")}`);
    this.name = "NotReadyError";
    this.object = object;
    this.reasons = reasons;
  }
}

/**
 * Waits until an object is ready, by watching; gives it as it is then.
 * @throws NotReadyError when it fails, time is over, or the wait is cancelled
 */
export async function awaitReady(wait: Wait): Promise<LiveObject> {
  const seen: Seen = { object: wait.object, missing: "" };
  const deadline = AbortSignal.timeout(wait.timeoutSeconds * 1000);
  const over = new AbortController();
  const signal = AbortSignal.any([wait.signal, deadline, over.signal]);
  const talk = setInterval(() => void tellReasons(wait, seen), TALK_MS);
  try {
    const aims = await aimsOf(wait.client, wait.object);
    await Promise.all(aims.map((aim) => reach(aim, { ...wait, signal }, seen)));
    await awaitServed(wait.client, seen.object, signal);
    return seen.object;
  } catch (error) {
    throw await toNotReady(wait, seen, { error, timedOut: deadline.aborted });
  } finally {
    clearInterval(talk);
    over.abort();
    // The engine shows the last words until others come; none take them away.
    if (seen.missing !== "") wait.say("");
  }
}

/** How often a long wait looks for reasons. */
const TALK_MS = 10_000;

interface Seen {
  object: LiveObject;
  missing: string;
}

/** Follows one aim until it is reached; a failure, and the end of the watch, are thrown. */
async function reach(aim: Aim, wait: Wait, seen: Seen): Promise<void> {
  if (aim.others === undefined && isReached(aim.condition(wait.object), wait, seen)) return;
  const events =
    aim.others === undefined
      ? watchItself(wait)
      : watch(wait.client, aim.others.ref, { labelSelector: aim.others.labelSelector, signal: wait.signal });
  for await (const { type, object } of events) {
    if (aim.others === undefined) {
      if (type === "DELETED") throw new Error("it was deleted by somebody else");
      seen.object = object;
    }
    if (type !== "DELETED" && isReached(aim.condition(object), wait, seen)) return;
  }
  throw new Error("the wait was ended");
}

function watchItself({ client, object, signal }: Wait): AsyncGenerator<WatchEvent> {
  const { name, ...own } = refOf(object);
  return watch(client, own, { name, resourceVersion: object.metadata.resourceVersion, known: [object], signal });
}

function isReached(readiness: Readiness, wait: Wait, seen: Seen): boolean {
  if (readiness.state === "failed") throw new Error(readiness.message);
  if (readiness.state === "ready") return true;
  if (seen.missing !== readiness.message) wait.say(`waiting: ${readiness.message}`);
  seen.missing = readiness.message;
  return false;
}

async function tellReasons(wait: Wait, seen: Seen): Promise<void> {
  const reasons = await diagnose(wait.client, seen.object);
  const [first] = reasons;
  if (first !== undefined) wait.say(`waiting: ${seen.missing}: ${first}`);
}

async function toNotReady(
  wait: Wait,
  seen: Seen,
  { error, timedOut }: { readonly error: unknown; readonly timedOut: boolean },
): Promise<NotReadyError> {
  if (wait.signal.aborted) return new NotReadyError(`the wait was cancelled: ${seen.missing}`, seen.object, []);
  const reasons = await diagnose(wait.client, seen.object);
  const why = timedOut
    ? `it was not ready within ${wait.timeoutSeconds} s: ${seen.missing}`
    : error instanceof Error
      ? error.message
      : String(error);
  return new NotReadyError(why, seen.object, reasons);
}
