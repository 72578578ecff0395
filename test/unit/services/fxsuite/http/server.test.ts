import assert from "node:assert/strict";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { startServer, stopServer } from "../../../../../services/fxsuite/src/http/server.js";
import { type MemoryStore, memoryStore } from "../memory-store.js";

const deal = { id: "d1", pair: "EURUSD", side: "buy", amount: 1000, rate: 1.0931 };
const stored = { ...deal, bookedAt: "2026-11-24T09:00:00.000Z" };

describe("the HTTP API of FXSuite", () => {
  let store: MemoryStore;
  let server: Server;
  let booked: string[];
  let logged: string[];
  beforeEach(async () => {
    store = memoryStore();
    booked = [];
    logged = [];
    const log = (level: string, event: string): void => void logged.push(`${level} ${event}`);
    server = await startServer(0, { store, log, pageSize: 2, booked: (id) => void booked.push(id) });
  });
  afterEach(() => stopServer(server));

  const url = (path: string): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  async function ask(method: string, path: string, body?: unknown): Promise<[number, unknown, Headers]> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await fetch(url(path), { method, ...(body === undefined ? {} : { body: text }) });
    return [response.status, await response.json(), response.headers];
  }

  it("books a deal once, however often it is asked for", async () => {
    const [status, body, headers] = await ask("POST", "/deals", deal);
    assert.deepEqual([status, body, headers.get("location")], [201, stored, "/deals/d1"]);
    assert.deepEqual((await ask("POST", "/deals", deal)).slice(0, 2), [200, stored]);
    assert.deepEqual((await ask("POST", "/deals", { ...deal, amount: 1 })).slice(0, 2), [
      409,
      { error: "another deal has the id d1" },
    ]);
    assert.deepEqual(booked, ["d1"]);
    assert.deepEqual((await ask("GET", "/deals/d1")).slice(0, 2), [200, stored]);
  });

  it("gives a deal an id, and books the same content twice without one", async () => {
    const { id: _, ...nameless } = deal;
    await ask("POST", "/deals", nameless);
    await ask("POST", "/deals", nameless);
    assert.equal(new Set(store.deals.map(({ id }) => id)).size, 2);
  });

  it("lists deals in the order of booking, page by page", async () => {
    for (const id of ["c", "a", "b"]) await ask("POST", "/deals", { ...deal, id });
    const page = async (query: string): Promise<unknown> => {
      const { deals, next } = (await ask("GET", `/deals${query}`))[1] as { deals: { id: string }[]; next: unknown };
      return [deals.map(({ id }) => id), next];
    };
    assert.deepEqual(await page(""), [["c", "a"], "a"]);
    assert.deepEqual(await page("?after=a"), [["b"], null]);
    assert.deepEqual(await page("?limit=3"), [["c", "a", "b"], "b"]);
    assert.deepEqual(await page("?after=b"), [[], null]);
  });

  for (const [method, path, body, status, error] of [
    ["POST", "/deals", "{", 400, "the body is no JSON"],
    ["POST", "/deals", "", 400, "the body is no JSON"],
    ["POST", "/deals", "x".repeat(65_537), 413, "the body is larger than 65536 bytes"],
    ["GET", "/deals?limit=0", undefined, 400, 'limit is "0": it is a whole number from 1 to 500'],
    ["GET", "/deals?limit=x", undefined, 400, 'limit is "x": it is a whole number from 1 to 500'],
    ["GET", "/deals?after=x", undefined, 400, 'after is "x": there is no such deal'],
    ["GET", "/deals/a%2Fb", undefined, 404, "there is no deal a/b"],
    ["GET", "/deals/%zz", undefined, 404, "there is no deal %zz"],
    ["GET", "/deals/%00", undefined, 404, "there is no deal \0"],
    ["GET", "/deals?after=%00", undefined, 400, 'after is "\0": there is no such deal'],
    ["GET", "/nix", undefined, 404, "there is no /nix"],
    ["PUT", "/deals", undefined, 405, "PUT is not for /deals: GET, POST"],
    ["GET", "/deals/toString", undefined, 404, "there is no deal toString"],
  ] as const) {
    it(`answers ${method} ${path} ${(body ?? "").slice(0, 9)} with ${status}`, async () => {
      assert.deepEqual((await ask(method, path, body)).slice(0, 2), [status, { error }]);
    });
  }

  it("tells all faults of a deal", async () => {
    const [status, body] = await ask("POST", "/deals", { ...deal, side: "by", rate: 0 });
    assert.deepEqual(
      [status, body],
      [
        400,
        {
          error: "this is no deal",
          faults: [
            'side is "by": it is one of buy, sell',
            "rate is 0: it is a number above 0, below 1000000, of at most 6 decimals",
          ],
        },
      ],
    );
  });

  it("is live, and ready while the database answers", async () => {
    assert.deepEqual((await ask("GET", "/health/live")).slice(0, 2), [200, { status: "live" }]);
    await ask("POST", "/deals", deal);
    assert.deepEqual((await ask("GET", "/health/ready")).slice(0, 2), [200, { status: "ready", untold: 1 }]);
    store.fault = new Error("connection refused");
    assert.deepEqual((await ask("GET", "/health/live")).slice(0, 2), [200, { status: "live" }]);
    assert.deepEqual((await ask("GET", "/health/ready")).slice(0, 2), [
      503,
      { status: "not ready", database: "connection refused" },
    ]);
  });

  it("asks to try again while the database does not answer", async () => {
    store.fault = Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });
    const [status, body, headers] = await ask("POST", "/deals", deal);
    assert.deepEqual([status, body, headers.get("retry-after")], [503, { error: "the database does not answer" }, "1"]);
    assert.deepEqual(logged, ["error request failed", "info request"]);
    assert.deepEqual(booked, []);
  });

  it("does not ask to try again what is its own fault", async () => {
    store.fault = new TypeError("rows is undefined");
    const [status, body, headers] = await ask("GET", "/deals/d1");
    const error = "this is a fault of the service: its log tells more";
    assert.deepEqual([status, body, headers.get("retry-after")], [500, { error }, null]);
    assert.deepEqual(logged, ["error request failed", "info request"]);
  });

  it("finishes what is under way when it stops", async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    store.find = async (id) => (await waiting, store.deals.find((known) => known.id === id));
    await ask("POST", "/deals", deal);
    const another = url("/health/live");
    const asked = ask("GET", "/deals/d1");
    await new Promise((resolve) => setTimeout(resolve, 50));
    const stopped = stopServer(server);
    await assert.rejects(fetch(another));
    answer();
    assert.deepEqual((await asked).slice(0, 2), [200, stored]);
    await stopped;
  });
});
