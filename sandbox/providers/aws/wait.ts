import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../../../errors.js";

export interface Wait {
  /** What is waited for, as it stands in the message: `NAT gateway nat-1 to be available`. */
  readonly what: string;
  /** @default 300 */
  readonly seconds?: number;
  /** That of the clients: the engine's cancel ends the wait. */
  readonly signal: AbortSignal;
}

const FIRST_MS = 100;
const LONGEST_MS = 10_000;
const GROWTH = 1.6;

/**
 * Asks again and again, less and less often, until there is an answer other than `undefined`, and gives that.
 * @throws UserError when there is none in time; what `ask` itself throws ends the wait
 */
export async function until<T>({ what, seconds = 300, signal }: Wait, ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (let pause = FIRST_MS; ; pause = Math.min(pause * GROWTH, LONGEST_MS)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() + pause > deadline) throw new UserError(`Waited ${seconds} s for ${what}, in vain`);
    await sleep(pause, undefined, { signal });
  }
}

/** Tries again while it fails with one of these errors of AWS', such as `DependencyViolation`; then the error passes. */
export async function retryOn<T>(names: readonly string[], wait: Wait, attempt: () => Promise<T>): Promise<T> {
  let last: unknown;
  const tryOnce = async (): Promise<{ readonly value: T } | undefined> => {
    try {
      return { value: await attempt() };
    } catch (error) {
      if (!names.includes(nameOf(error))) throw error;
      last = error;
      return undefined;
    }
  };
  try {
    return (await until(wait, tryOnce)).value;
  } catch (error) {
    // That something is still in use says more than that time has passed.
    throw error instanceof UserError && last !== undefined ? last : error;
  }
}

/** What it gives, or `undefined` when it fails with one of these errors of AWS'. */
export async function unless<T>(names: readonly string[], attempt: () => Promise<T>): Promise<T | undefined> {
  try {
    return await attempt();
  } catch (error) {
    if (names.includes(nameOf(error))) return undefined;
    throw error;
  }
}

/** AWS' code of an error: the SDK has it as its name. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}
