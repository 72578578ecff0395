import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";

export interface FreshRights {
  readonly environment: string;
  readonly signal: AbortSignal;
  /** Told when it is tried again. */
  readonly report: (line: string) => void;
  /** @default one second */
  readonly pauseMs?: number;
}

/**
 * Runs an update, and once more when RBAC refuses something in the environment: the binding that gives its owner the
 * right was made a moment ago, and one of several API servers may not have seen it yet.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export async function withFreshRights<T>(
  run: () => Promise<T>,
  { environment, signal, report, pauseMs = 1000 }: FreshRights,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isRefusedIn(environment, error)) throw error;
    report(`your rights in ${environment} are not seen everywhere yet; once more`);
    await pause(pauseMs, undefined, { signal });
    return run();
  }
}

/** RBAC's words; admission policies have others, which do not pass. */
function isRefusedIn(environment: string, error: unknown): boolean {
  if (!(error instanceof UserError)) return false;
  return (
    /is forbidden: User "[^"]+" cannot \S+ resource/.test(error.message) &&
    error.message.includes(`in the namespace "${environment}"`)
  );
}
