import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { isReady } from "../../../ed8kctl/live/ready.js";
import { asList, at, type LiveObject } from "../../../kube/object.js";
import { DealDesk } from "./deals.js";
import { RealCluster } from "./real-cluster.js";

const DEALS = 100;
/** Until everything that runs in the environment is ready again, in milliseconds. */
const HEALED_MS = 180_000;

describe("killing things while deals flow", () => {
  const cluster = new RealCluster();
  const desk = new DealDesk(cluster, "alice");

  before(async () => {
    await cluster.start();
    await cluster.must("create", "alice", "--start", "bos");
  });
  after(() => cluster.remove());

  /** What is killed, one after the other; each tells how many processes or pods that were. */
  const KILLS: Readonly<Record<string, () => Promise<number>>> = {
    "FXSuite's pod": () => deletePods("app.kubernetes.io/name=fxsuite"),
    "BOS's web pod": () => deletePods("app.kubernetes.io/component=web"),
    "BOS's consumer pod": () => deletePods("app.kubernetes.io/component=consumer"),
    "BOS's worker pod": () => deletePods("app.kubernetes.io/component=worker"),
    Redis: () => cluster.killInNode("valkey-server"),
    "every PostgreSQL": () => cluster.killInNode("postgres"),
    "the Kafka broker": () => cluster.killInNode("kafka.Kafka"),
    containerd: () => killComponent("containerd"),
    "the kubelet": () => killComponent("kubelet"),
    "the whole node": () => killComponent("node"),
  };

  it("loses none and doubles none [rows 24, 25, 26, 27]", async () => {
    const booked: string[] = [];
    for (const [what, kill] of Object.entries(KILLS)) {
      const began = Date.now();
      const [before, during] = [idsOf(what, "before"), idsOf(what, "during")];
      // Booked, but on their way over Kafka and Redis when it is killed.
      await Promise.all(before.map((id) => desk.bookForSure(id)));
      const seen = await whatRuns();
      assert.ok((await kill()) > 0, `nothing was killed: ${what}`);
      await Promise.all(during.map((id) => desk.bookForSure(id)));
      await healed(what, seen);
      console.log(`      ${what}: healed after ${((Date.now() - began) / 1000).toFixed(1)} s`);
      booked.push(...before, ...during);
    }
    assert.equal(booked.length, DEALS);
    await Promise.all(booked.map((id) => desk.settled(id, HEALED_MS)));
    const { fxsuite, bos } = await desk.books();
    const ids = booked.toSorted();
    assert.deepEqual(fxsuite.toSorted(), ids);
    assert.deepEqual(
      bos.toSorted(),
      ids.map((id) => `${id}|settled|`),
    );
  });

  /** So many for each kill that there are `DEALS` in all, half of them before and half after. */
  function idsOf(what: string, when: string): readonly string[] {
    const count = DEALS / Object.keys(KILLS).length / 2;
    const prefix = `${what.replaceAll(/[^A-Za-z]+/g, "-")}-${when}`;
    return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  }

  async function deletePods(selector: string): Promise<number> {
    const args = ["--namespace", "alice", "--selector", selector, "--grace-period=0", "--force", "--output=name"];
    return (await cluster.kubectl("delete", "pods", ...args)).split("\n").filter((line) => line !== "").length;
  }

  function killComponent(name: string): Promise<number> {
    process.kill(cluster.sandbox.pidOf(name), "SIGKILL");
    return Promise.resolve(1);
  }

  /** What was killed has been started anew, every pod is ready again, and so is what runs the node. */
  async function healed(what: string, seen: string): Promise<void> {
    for (const deadline = Date.now() + HEALED_MS; ; await pause(250)) {
      const isNoticed = (await whatRuns().catch(() => seen)) !== seen;
      const down = cluster.sandbox.state.components.filter(({ state }) => state !== "running").map(({ name }) => name);
      const sick = [...down, ...(await sickPods().catch((error: unknown) => [String(error)]))];
      if (isNoticed && sick.length === 0) return;
      assert.ok(Date.now() < deadline, `${what}: not healed: ${sick.join(", ") || "nobody has noticed"}`);
    }
  }

  /** Changes when a pod or a container is made anew, and when a program of the node is. */
  async function whatRuns(): Promise<string> {
    const containers = (await pods()).map(({ metadata, status }) => [
      metadata.uid,
      asList(at(status, "containerStatuses")).map((container) => at(container, "containerID")),
    ]);
    return JSON.stringify([containers, cluster.sandbox.state.components.map(({ process }) => process?.pid)]);
  }

  async function pods(): Promise<readonly LiveObject[]> {
    const lists = await Promise.all(
      ["alice", "ed8k-shared"].map((namespace) => cluster.client.list({ apiVersion: "v1", kind: "Pod", namespace })),
    );
    return lists.flatMap(({ items }) => items);
  }

  async function sickPods(): Promise<readonly string[]> {
    return (await pods())
      .filter((pod) => at(pod["status"], "phase") !== "Succeeded")
      .filter((pod) => !isReady(pod))
      .map(({ metadata }) => metadata.name);
  }
});
