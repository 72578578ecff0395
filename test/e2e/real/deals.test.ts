import assert from "node:assert/strict";
import { KAFKA_PORT } from "../../../cluster/platform/kafka.js";
import { DealDesk } from "./deals.js";
import { openWays } from "./policies.js";
import { RealCluster } from "./real-cluster.js";

/** From nothing but the tools to a deal in both books, and the second environment beside it. */
const FIRST_MS = 120_000;
const SECOND_MS = 60_000;

describe("environments on a real node", () => {
  const cluster = new RealCluster();
  const alice = new DealDesk(cluster, "alice");
  const bob = new DealDesk(cluster, "bob");
  after(() => cluster.remove());

  it("go from nothing to a deal in both databases within two minutes [row 104]", async () => {
    const began = Date.now();
    await cluster.start();
    await cluster.must("create", "alice", "--start", "bos");
    const { status, body } = await alice.book("a-1");
    assert.equal(status, 201, JSON.stringify(body));
    const deal = await alice.settled("a-1");
    const took = Date.now() - began;
    assert.deepEqual({ id: deal["id"], status: deal["status"] }, { id: "a-1", status: "settled" });
    assert.deepEqual(await alice.books(), { fxsuite: ["a-1"], bos: ["a-1|settled|"] });
    assert.ok(took < FIRST_MS, `${took} ms`);
  });

  it("stand side by side: the second is there within a minute, and serves", async () => {
    const began = Date.now();
    await cluster.must("create", "bob", "--start", "bos");
    assert.equal((await bob.book("b-1")).status, 201);
    assert.equal((await bob.settled("b-1"))["status"], "settled");
    const took = Date.now() - began;
    assert.ok(took < SECOND_MS, `${took} ms`);
  });

  it("never see each other's deals [row 30]", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, "0"));
    await Promise.all([
      ...ids.map((id) => alice.bookForSure(`alice-${id}`)),
      ...ids.map((id) => bob.bookForSure(`bob-${id}`)),
    ]);
    await Promise.all([...ids.map((id) => alice.settled(`alice-${id}`)), ...ids.map((id) => bob.settled(`bob-${id}`))]);
    const ofAlice = ["a-1", ...ids.map((id) => `alice-${id}`)];
    const ofBob = ["b-1", ...ids.map((id) => `bob-${id}`)];
    assert.deepEqual(await alice.books(), { fxsuite: ofAlice, bos: ofAlice.map((id) => `${id}|settled|`) });
    assert.deepEqual(await bob.books(), { fxsuite: ofBob, bos: ofBob.map((id) => `${id}|settled|`) });
    assert.equal((await bob.read("bos", "/deals/alice-00")).status, 404);
  });

  it("have policies by which an enforcer would stop every pod at the border, and no other way [row 30]", async () => {
    const { pods, ways } = await openWays(cluster, ["alice", "bob", "ed8k-shared"]);
    const namespaceOf = (pod: string): string => pod.slice(0, pod.indexOf("/"));
    for (const name of ["alice", "bob", "ed8k-shared"]) assert.ok(pods.some((pod) => namespaceOf(pod) === name));
    assert.ok(ways.length > 100, String(ways.length));
    const isMeant = (from: string, to: string, port: number): boolean =>
      namespaceOf(from) === namespaceOf(to) || (namespaceOf(to) === "ed8k-shared" && port === KAFKA_PORT);
    assert.deepEqual(
      ways.filter(({ from, to, port, isOpen }) => from !== to && isOpen !== isMeant(from, to, port)),
      [],
    );
  });

  it("tell why a deal was not settled", async () => {
    assert.equal((await alice.book("too-much", 900_000_000)).status, 201);
    const deal = await alice.settled("too-much");
    assert.equal(deal["status"], "failed");
    assert.match(String(deal["reason"]), /900000000/);
  });

  it("are refused a wrong deal with all that is wrong", async () => {
    const { status, body } = await alice.book("", -5);
    assert.equal(status, 400);
    assert.match(JSON.stringify(body), /id is \\"\\".*amount is -5/);
  });

  it("lose their data when they are destroyed, and begin empty when made again [row 77]", async () => {
    await cluster.must("destroy", "bob", "--yes");
    await cluster.must("create", "bob", "--start", "bos");
    assert.deepEqual(await bob.books(), { fxsuite: [], bos: [] });
    assert.equal((await bob.book("b-1")).status, 201);
    assert.equal((await bob.settled("b-1"))["status"], "settled");
  });
});
