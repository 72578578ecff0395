import { setTimeout } from "node:timers/promises";
import { errorCode, KubeError, UnreachableError } from "./errors.js";
import type { KubeAccess } from "./kubeconfig.js";

/** Who waits for a server that is away. */
export interface Waiting {
  readonly access: KubeAccess;
  /** Told once, each time that the server is lost. */
  readonly onLost: (fault: Error) => void;
  readonly signal: AbortSignal | undefined;
}

/** Between two tries to reach the server, in milliseconds: twice as long each time. */
const FIRST_MS = 500;
const LAST_MS = 5000;
/** A server that has just come back may not know anybody's rights yet: so many refusals are passed over. */
const REFUSALS = 5;

/** Waits for a server that has been reached once and is away, for as long as that takes. */
export class Patience {
  readonly #waiting: Waiting;
  #waitMs = FIRST_MS;
  #refusals = 0;
  #isLost = false;

  constructor(waiting: Waiting) {
    this.#waiting = waiting;
  }

  /** The server has answered as it should. */
  restored(): void {
    this.#waitMs = FIRST_MS;
    this.#refusals = 0;
    this.#isLost = false;
  }

  /** Waits before the next try. @throws the error itself where waiting does not help, and when aborted */
  async bear(error: unknown): Promise<void> {
    const { access, onLost, signal } = this.#waiting;
    signal?.throwIfAborted();
    if (!this.#isCut(error)) throw error;
    if (!this.#isLost) {
      onLost(
        error instanceof UnreachableError || error instanceof KubeError ? error : new UnreachableError(access, error),
      );
    }
    this.#isLost = true;
    await setTimeout(this.#waitMs, undefined, { signal });
    this.#waitMs = Math.min(LAST_MS, this.#waitMs * 2);
  }

  #isCut(error: unknown): error is Error {
    if (!(error instanceof KubeError)) return error instanceof UnreachableError || errorCode(error) !== "";
    if (error.status >= 500) return true;
    this.#refusals += 1;
    return this.#isLost && (error.status === 401 || error.status === 403) && this.#refusals <= REFUSALS;
  }
}
