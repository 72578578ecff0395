/** What a process says of errors that nobody took. */
type Process = Pick<NodeJS.EventEmitter, "on">;

/**
 * Lets the supervisor outlive errors that nobody took, and writes them down with where they came from. A mistake in one
 * connection must not end what keeps the cluster: without a supervisor everything would run on, and nothing be healed.
 * Programs that are kept are looked at all the same, and `status` looks at them itself.
 */
export function outliveFaults(process: Process, log: (line: string) => void): void {
  const tell = (error: unknown): void =>
    log(
      `a mistake of ED8K, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  process.on("uncaughtException", tell);
  process.on("unhandledRejection", tell);
}
