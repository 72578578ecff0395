import assert from "node:assert/strict";
import { postgresStore } from "../../../../services/fxsuite/src/postgres.js";
import { fakePostgres } from "./fake-postgres.js";

const none = { columns: {}, rows: [] };

describe("the books in PostgreSQL", () => {
  it("outlive a server that goes while a deal is being told, and the deal stays untold", async () => {
    const columns = { id: "text", pair: "text", side: "text", amount: "text", rate: "text" } as const;
    const server = await fakePostgres([
      none,
      { columns: { mine: "bool" }, rows: [["t"]] },
      {
        columns: { ...columns, booked_at: "timestamptz" },
        rows: [["d1", "EURUSD", "buy", "1.00", "2.000000", "2026-11-24 09:00:00+00"]],
      },
    ]);
    const events: string[] = [];
    const store = postgresStore(server.url, (level, event) => void events.push(`${level} ${event}`));
    const told: string[] = [];
    const telling = store.tell(async (deals) => {
      told.push(...deals.map(({ id }) => id));
      server.crash();
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await assert.rejects(telling);
    assert.deepEqual(told, ["d1"]);
    assert.equal(events[0], "warning database connection lost");
    await store.close();
    await server.close();
  });

  it("say what keeps them from the database", async () => {
    const server = await fakePostgres([]);
    await server.close();
    const store = postgresStore(server.url, () => undefined);
    await assert.rejects(store.ping(), { code: "ECONNREFUSED" });
    await store.close();
  });
});
