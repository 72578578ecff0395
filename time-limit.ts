/** Timers cannot wait any longer, in milliseconds: some 24 days. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * A signal that aborts with the other one, and after so many milliseconds with a `TimeoutError`. Not
 * `AbortSignal.timeout`, which Node.js 20 may collect before its time: https://github.com/nodejs/node/issues/57736
 */
export function limited(signal: AbortSignal | undefined, milliseconds: number): AbortSignal {
  const own = new AbortController();
  const end = (): void => own.abort(new DOMException(`not done within ${milliseconds} ms`, "TimeoutError"));
  const timer = setTimeout(end, Math.min(milliseconds, LONGEST_MS)).unref();
  const follow = (): void => {
    clearTimeout(timer);
    own.abort(signal?.reason);
  };
  if (signal?.aborted === true) follow();
  else signal?.addEventListener("abort", follow, { once: true, signal: own.signal });
  return own.signal;
}
