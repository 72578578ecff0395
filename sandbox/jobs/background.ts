/** A job in the supervisor's own process: it works from when it is given until it is stopped. */
export interface Background {
  readonly stop: () => Promise<void>;
}

/** A job that answers at a port of its own. */
export interface BackgroundServer extends Background {
  /** Where it listens; the one that was asked for, unless that was 0. */
  readonly port: number;
}

/** Takes one line for the supervisor's log. */
export type Log = (line: string) => void;

/** Faults of a job, each told once for as long as it lasts, however often it is met. */
export interface Faults {
  met(fault: string): void;
  /** Nothing is wrong any more: the same fault is told again when it comes back. */
  over(): void;
}

/** Tells faults to the log, after the name of the job. */
export function faultsTo(log: Log, job: string): Faults {
  let told: string | undefined;
  return {
    met(fault) {
      if (fault !== told) log(`${job}: ${fault}`);
      told = fault;
    },
    over() {
      if (told !== undefined) log(`${job}: works again`);
      told = undefined;
    },
  };
}
