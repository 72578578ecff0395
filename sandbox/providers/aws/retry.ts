/** Together half a minute at most: far longer than the emulator's supervisor needs to start it again. */
const ATTEMPTS = 14;
const FIRST_MS = 100;
const LONGEST_MS = 4_000;

/** Where a call is among its tries; the SDK waits as long as it says. */
interface Token {
  getRetryCount(): number;
  getRetryDelay(): number;
}

interface Failure {
  readonly errorType: "THROTTLING" | "TRANSIENT" | "SERVER_ERROR" | "CLIENT_ERROR";
}

/**
 * Tries each call again, less and less often, as long as AWS is too busy or does not answer. Unlike the SDK's own it has
 * no budget that all calls share: an emulator that is away for seconds would use that up, and fail what comes after it.
 */
export function patience(signal: AbortSignal) {
  return {
    acquireInitialRetryToken: (): Promise<Token> => Promise.resolve(tokenOf(0, 0)),

    /** Fails when there is no next try; the SDK then throws what the last one failed with. */
    refreshRetryTokenForRetry: (token: Token, { errorType }: Failure): Promise<Token> => {
      const count = token.getRetryCount() + 1;
      const isFinal = errorType === "CLIENT_ERROR" || count >= ATTEMPTS || signal.aborted;
      return isFinal ? Promise.reject(new Error("no further try")) : Promise.resolve(tokenOf(count, pauseMs(count)));
    },

    recordSuccess: (): void => undefined,
  };
}

/** At random within its upper half, so that calls that failed together do not come back together. */
function pauseMs(count: number): number {
  const longest = Math.min(FIRST_MS * 2 ** (count - 1), LONGEST_MS);
  return longest * (0.5 + Math.random() / 2);
}

function tokenOf(count: number, delay: number): Token {
  return { getRetryCount: () => count, getRetryDelay: () => delay };
}
