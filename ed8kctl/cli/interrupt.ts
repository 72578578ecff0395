import { setMaxListeners } from "node:events";
import { EXIT, UserError } from "../../errors.js";

/** How Ctrl-C reaches a verb. */
export interface Interrupt {
  /** Aborted by the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Gives the signals back, so that the process can end. */
  readonly stop: () => void;
}

/**
 * The first signal asks the verb to end in good order, the second ends the process at once. SIGHUP only asks: when a
 * session is closed, both the system and the shell send it.
 */
export function interruptible(): Interrupt {
  const controller = new AbortController();
  // Every request and every program that is run listens; Node warns of more than ten.
  setMaxListeners(0, controller.signal);
  const ask = (): void => controller.abort(new UserError("interrupted", { exit: "interrupted" }));
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    ask();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  process.on("SIGHUP", ask);
  return {
    signal: controller.signal,
    stop: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
      process.off("SIGHUP", ask);
    },
  };
}
