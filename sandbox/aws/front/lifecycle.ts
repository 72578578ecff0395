/** How long what was asked for takes in the sandbox, in milliseconds: long enough that clients have to wait for it. */
export const SETTLE_MS = 300;

/** Something that is not at once what it is to become. */
export interface Lived<T> {
  value: T;
  /** What happens to it, and until when, in milliseconds since 1970. */
  phase?: Phase;
}

interface Phase {
  readonly status: "CREATING" | "UPDATING" | "DELETING";
  readonly until: number;
}

export function begin(status: Phase["status"], now: number): Phase {
  return { status, until: now + SETTLE_MS };
}

/** What it is now; `undefined` once it is gone. */
export function statusOf({ phase }: Lived<unknown>, now: number): Phase["status"] | "ACTIVE" | undefined {
  if (phase === undefined || (phase.until <= now && phase.status !== "DELETING")) return "ACTIVE";
  return phase.until <= now ? undefined : phase.status;
}

/** The one of that key, unless it is gone; then it is forgotten. */
export function find<T>(all: Record<string, Lived<T>>, key: string, now: number): Lived<T> | undefined {
  const found = Object.hasOwn(all, key) ? all[key] : undefined;
  if (found === undefined || statusOf(found, now) !== undefined) return found;
  Reflect.deleteProperty(all, key);
  return undefined;
}

/** All that are there, in the order in which they were made. */
export function alive<T>(all: Record<string, Lived<T>>, now: number): Lived<T>[] {
  return Object.keys(all).flatMap((key) => find(all, key, now) ?? []);
}
