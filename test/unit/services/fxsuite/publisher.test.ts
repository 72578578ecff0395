import assert from "node:assert/strict";
import type { Deal } from "../../../../services/fxsuite/src/deal.js";
import { startPublisher, type Topic } from "../../../../services/fxsuite/src/publisher.js";
import { type MemoryStore, memoryStore } from "./memory-store.js";

function book(store: MemoryStore, ...ids: readonly string[]): Promise<unknown> {
  const deal = { pair: "EURUSD", side: "buy", amount: 1, rate: 1 } as const;
  return Promise.all(ids.map((id) => store.book({ ...deal, id })));
}

/** A topic that keeps the ids it is told, and throws what `fault` gives. */
function memoryTopic(fault: () => Error | undefined = () => undefined) {
  const ids: string[] = [];
  let closed = false;
  return {
    ids,
    get closed() {
      return closed;
    },
    send: (deals: readonly Deal[]): Promise<void> => {
      const error = fault();
      if (error) return Promise.reject(error);
      ids.push(...deals.map(({ id }) => id));
      return Promise.resolve();
    },
    close: (): Promise<void> => {
      closed = true;
      return Promise.resolve();
    },
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("the publisher", () => {
  it("tells each deal once, in order, those from before its start too", async () => {
    const [store, topic] = [memoryStore(), memoryTopic()];
    await book(store, "a", "b", "c");
    const publisher = startPublisher({ store, topic, log: () => undefined });
    await until(() => topic.ids.length === 3);
    await book(store, "d");
    publisher.wake();
    await until(() => topic.ids.length === 4);
    await publisher.stop();
    assert.deepEqual(topic.ids, ["a", "b", "c", "d"]);
    assert.equal(topic.closed, true);
  });

  it("goes on after faults of Kafka, and says so", async () => {
    const store = memoryStore();
    const events: string[] = [];
    let faults = 2;
    const topic = memoryTopic(() => (faults-- > 0 ? new Error("no broker") : undefined));
    await book(store, "a");
    const log = (level: string, event: string, fields?: object): void =>
      void events.push([level, event, JSON.stringify(fields)].join(" "));
    const publisher = startPublisher({ store, topic, log });
    await until(() => topic.ids.length === 1);
    await publisher.stop();
    assert.deepEqual(topic.ids, ["a"]);
    assert.deepEqual(events, [
      'warning deals cannot be told {"failures":1,"error":"no broker"}',
      'warning deals cannot be told {"failures":2,"error":"no broker"}',
      'info deals are told again {"failures":2}',
      'info deals told {"count":1}',
    ]);
  });

  it("makes the tables again after a fault, for the database may be a new one", async () => {
    const [store, topic] = [memoryStore(), memoryTopic()];
    let migrations = 0;
    store.fault = new Error("gone");
    const counting = { tell: (send: Topic["send"]) => store.tell(send), migrate };
    function migrate(): Promise<void> {
      migrations++;
      return store.migrate();
    }
    const publisher = startPublisher({ store: counting, topic, log: () => undefined });
    await until(() => migrations === 1);
    store.fault = undefined;
    await book(store, "a");
    await until(() => topic.ids.length === 1);
    await publisher.stop();
    assert.equal(migrations, 2);
  });

  it("tells what is left when it stops, and ends even if that fails", async () => {
    const [store, topic] = [memoryStore(), memoryTopic()];
    const publisher = startPublisher({ store, topic, log: () => undefined });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await book(store, "a");
    await publisher.stop();
    assert.deepEqual(topic.ids, ["a"]);

    const events: string[] = [];
    const broken = memoryTopic(() => new Error("no broker"));
    await book(store, "b");
    const other = startPublisher({ store, topic: broken, log: (_, event) => void events.push(event) });
    await until(() => events.length === 1);
    await other.stop();
    assert.deepEqual(events, ["deals cannot be told", "deals stay in the outbox"]);
    assert.equal(broken.closed, true);
  });
});
