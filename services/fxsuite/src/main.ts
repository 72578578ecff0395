import type { Server } from "node:http";
import { startServer, stopServer } from "./http/server.js";
import { kafkaTopic } from "./kafka.js";
import { createLog, errorText, type Log } from "./log.js";
import { postgresStore } from "./postgres.js";
import { type Publisher, startPublisher } from "./publisher.js";
import { readSettings } from "./settings.js";
import type { Store } from "./store.js";

/** How long a stop may take. The chart gives it 15 s, of which the wait before it takes 2. */
const STOP_MS = 9000;

/** FXSuite: takes deals over HTTP, keeps them in PostgreSQL and tells each on a Kafka topic. */
async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const log = createLog(
    settings.logLevel,
    (line) => process.stdout.write(line),
    () => new Date(),
  );
  const store = postgresStore(settings.databaseUrl, log);
  const topic = kafkaTopic({ ...settings, log });
  const publisher = startPublisher({ store, topic, log });
  const server = await startServer(settings.port, {
    store,
    log,
    pageSize: settings.pageSize,
    booked(id) {
      log("info", "deal booked", { id });
      publisher.wake();
    },
  });
  log("info", "listening", { port: settings.port });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      log("info", "stopping", { signal });
      void stop({ server, publisher, store, log });
    });
  }
}

interface Running {
  readonly server: Server;
  readonly publisher: Publisher;
  readonly store: Store;
  readonly log: Log;
}

/** Finishes what is under way, tells what is left, and ends; after `STOP_MS` it ends all the same. */
async function stop({ server, publisher, store, log }: Running): Promise<void> {
  setTimeout(() => {
    log("error", "stopped before all was done");
    process.exit(1);
  }, STOP_MS).unref();
  await stopServer(server);
  await publisher.stop();
  await store.close();
  log("info", "stopped");
  // Timers of the Kafka client would hold the program up for seconds.
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stdout.write(
    `${JSON.stringify({ time: new Date().toISOString(), level: "error", event: errorText(error) })}\n`,
  );
  process.exitCode = 1;
});
