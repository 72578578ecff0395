import { UserError } from "../../errors.js";
import type { LiveObject } from "../../kube/object.js";
import { ExitStatus } from "../exit-status.js";

/** Aborts so many milliseconds after the other signal: what is under way may come to its end. */
export function soonAfter(signal: AbortSignal, milliseconds: number): AbortSignal {
  const own = new AbortController();
  const abort = (): void => void setTimeout(() => own.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return own.signal;
}

/** What a command ends with that is killed with its pod, or asked to end. */
const ENDED: ReadonlySet<number> = new Set([137, 143]);

/** What a run ends with whose command has failed in this pod. */
export function failureOf(code: number, { metadata }: LiveObject, timeoutSeconds: number): Error {
  // Kubernetes ends it no sooner.
  const deadline = Date.parse(metadata.creationTimestamp) + timeoutSeconds * 1000;
  return ENDED.has(code) && Date.now() >= deadline ? tookTooLong() : new ExitStatus(code);
}

export function tookTooLong(): UserError {
  return new UserError("the command was ended: it took longer than its --timeout", {
    hint: "give it more, such as --timeout 4h",
  });
}
