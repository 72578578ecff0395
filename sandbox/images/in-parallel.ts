export interface ParallelOptions {
  readonly atOnce: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does something with each item, some at once. When one fails the others are stopped, and the failure is thrown once
 * none runs any more.
 */
export async function inParallel<T>(
  items: readonly T[],
  { atOnce, signal }: ParallelOptions,
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  const failures: unknown[] = [];
  const waiting = [...items];
  const run = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined && !either.aborted; item = waiting.shift()) {
      try {
        await work(item, either);
      } catch (error) {
        failures.push(error);
        failed.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  if (failures.length > 0) throw failures[0];
  signal?.throwIfAborted();
}
