import { backoffMs } from "./backoff.js";
import type { Deal } from "./deal.js";
import { errorText, type Log } from "./log.js";
import { createPauses } from "./pauses.js";
import type { Store } from "./store.js";

/** Where deals are told: resolves when all of them are safe there. */
export interface Topic {
  send(deals: readonly Deal[]): Promise<void>;
  close(): Promise<void>;
}

export interface Publisher {
  /** There is a new deal: does not wait for the next look. */
  wake(): void;
  /** Tells what is left if that goes at once, then ends. */
  stop(): Promise<void>;
}

export interface PublisherOptions {
  readonly store: Pick<Store, "migrate" | "tell">;
  readonly topic: Topic;
  readonly log: Log;
}

/** Looks for deals that another pod booked, or that were booked when this one was not woken. */
const LOOK_MS = 1000;

/**
 * Makes the tables, then tells each deal of the outbox on the topic, at least once and in order, and goes on through faults of both sides.
 * A deal is told twice when the fault comes between telling and marking; readers know it by its id.
 */
export function startPublisher({ store, topic, log }: PublisherOptions): Publisher {
  const pauses = createPauses();
  const once = (): Promise<number> => store.tell((deals) => topic.send(deals));
  const running = run();
  return {
    wake: () => pauses.wake(),
    async stop() {
      pauses.stop();
      await running;
      await once().then(
        () => undefined,
        (error: unknown) => log("warning", "deals stay in the outbox", { error: errorText(error) }),
      );
      await topic.close();
    },
  };

  async function run(): Promise<void> {
    let failures = 0;
    let migrated = false;
    while (!pauses.stopped) {
      try {
        if (!migrated) await store.migrate();
        migrated = true;
        const told = await once();
        if (failures > 0) log("info", "deals are told again", { failures });
        failures = 0;
        if (told > 0) log("info", "deals told", { count: told });
        else await pauses.pause(LOOK_MS, { wakeable: true });
      } catch (error) {
        failures += 1;
        // The database may have been replaced by an empty one.
        migrated = false;
        log("warning", "deals cannot be told", { failures, error: errorText(error) });
        await pauses.pause(backoffMs(failures));
      }
    }
  }
}
