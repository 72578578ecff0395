import type { LiveObject } from "../../../../kube/object.js";

/** Whether an object has become what its spec asks for. */
export type Readiness =
  | { readonly state: "ready" }
  /** `message` says what is missing; it is shown while waiting, and when time is over. */
  | { readonly state: "waiting"; readonly message: string }
  /** It will not become ready without a change. */
  | { readonly state: "failed"; readonly message: string };

export type Condition = (object: LiveObject) => Readiness;

export const READY: Readiness = { state: "ready" };

export function waiting(message: string): Readiness {
  return { state: "waiting", message };
}

export function failed(message: string): Readiness {
  return { state: "failed", message };
}

/** Ready when it holds, else waiting for what the message says. */
export function readyWhen(holds: boolean, message: string): Readiness {
  return holds ? READY : waiting(message);
}
