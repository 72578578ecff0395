import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { developerOn } from "../environments/developer.js";
import { finished } from "../environments/own-cluster.js";
import { RealCluster } from "./real-cluster.js";

/** Pods of the service itself, without its database. */
const OWN = "ed8k.dev/service=fxsuite,!ed8k.dev/claim";

/** Asks on a connection of its own: one that is kept may end with the pod at any moment. */
async function statusOf(url: string): Promise<number | undefined> {
  const request = http.get(url, { agent: false });
  const [answer] = (await once(request, "response")) as [http.IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

describe("the verbs on pods that run", () => {
  const cluster = new RealCluster();
  before(async () => {
    await cluster.start();
    await cluster.must("create", "alice", "--owner", "alice");
  });
  after(() => cluster.remove());

  /** Names of the pods that a selector finds. */
  async function pods(selector: string): Promise<readonly string[]> {
    const text = await cluster.kubectl("get", "pods", "--namespace", "alice", "--selector", selector, "-o", "name");
    return text.split("\n").filter((name) => name !== "");
  }

  async function ends(child: ChildProcess): Promise<string> {
    const ended = finished(child);
    child.kill("SIGINT");
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    return stdout;
  }

  it("shell runs a command in the service's container, and ends with its exit code", async () => {
    const { code, stdout, stderr } = await cluster.ed8kctl(
      ...["shell", "alice", "fxsuite", "--", "sh", "-c", "hostname; echo wrong >&2; exit 42"],
    );
    assert.deepEqual([code, stderr], [42, "wrong\n"]);
    assert.match(stdout, /^fxsuite-\S+\n$/);
  });

  it("run does so in a new pod with the service's variables, which is gone afterwards", async () => {
    const script = 'hostname; echo "$DATABASE_URL"; exit 3';
    const { code, stdout } = await cluster.ed8kctl("run", "alice", "fxsuite", "--", "sh", "-c", script);
    assert.equal(code, 3);
    assert.match(stdout, /^fxsuite-run-[0-9a-f]{8}\npostgres\S*:\/\/\S+@fxsuite--db\S*\n$/);
    for (let left = await pods("ed8k.dev/run"); left.length > 0; left = await pods("ed8k.dev/run")) await pause(500);
  });

  it("run and shell need no other rights than an owner has", async () => {
    const alice = developerOn(cluster, "alice");
    const verbs = [
      ["run", "alice", "fxsuite"],
      ["shell", "alice", "fxsuite"],
    ];
    for (const words of verbs) {
      const ran = await alice.ed8kctl(...words, "--", "sh", "-c", "exit 4");
      assert.equal(ran.code, 4, ran.stderr);
    }
  });

  it("run removes its pod after Ctrl-C", async () => {
    const child = cluster.spawn(["run", "alice", "fxsuite", "--", "sleep", "300"]);
    while ((await pods("ed8k.dev/run")).length === 0) await pause(100);
    await pause(1000);
    await ends(child);
    for (let left = await pods("ed8k.dev/run"); left.length > 0; left = await pods("ed8k.dev/run")) await pause(500);
  });

  it("forward keeps the local port, and answers each request, while its pod is replaced", async () => {
    const child = cluster.spawn(["forward", "alice", "fxsuite", "--json"]);
    const [first] = (await once(child.stdout ?? child, "data")) as [Buffer];
    const { local, pod } = JSON.parse(first.toString()) as { readonly local: number; readonly pod: string };
    const statuses = new Set<number | undefined>();
    const ask = async () => statuses.add(await statusOf(`http://127.0.0.1:${local}/health/live`));
    await ask();
    await cluster.kubectl("delete", "pod", pod, "--namespace", "alice", "--wait=false");
    for (let time = 0; time < 50; time += 1) {
      await ask();
      await pause(100);
    }
    assert.deepEqual([...statuses], [200]);
    assert.equal((await pods(OWN)).includes(`pod/${pod}`), false);
    await ends(child);
  });

  it("forward and logs --follow outlast the API server", async () => {
    const forwarding = cluster.spawn(["forward", "alice", "fxsuite", "--json"]);
    const following = cluster.spawn(["logs", "alice", "fxsuite", "--follow", "--json", "--grep", "listening"]);
    let said = "";
    forwarding.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    let text = "";
    following.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const [first] = (await once(forwarding.stdout ?? forwarding, "data")) as [Buffer];
    const { local, pod } = JSON.parse(first.toString()) as { readonly local: number; readonly pod: string };
    while (!text.includes(pod)) await pause(100);
    process.kill(cluster.sandbox.pidOf("kube-apiserver"), "SIGKILL");
    while (!said.includes("cannot be reached")) await pause(100);
    await cluster.must("sandbox", "up");
    assert.equal(await statusOf(`http://127.0.0.1:${local}/health/live`), 200);
    await cluster.kubectl("delete", "pod", pod, "--namespace", "alice");
    const [successor] = await pods(OWN);
    while (!text.includes(successor?.replace("pod/", "") ?? "-")) await pause(100);
    assert.equal(await statusOf(`http://127.0.0.1:${local}/health/live`), 200);
    assert.equal([...said.matchAll(/cannot be reached/g)].length, 1, said);
    await ends(forwarding);
    await ends(following);
  });

  it("forward names who holds a busy port", async () => {
    const { code, stderr } = await cluster.ed8kctl("forward", "alice", "fxsuite", String(cluster.gatewayPort));
    assert.equal(code, 1);
    assert.match(stderr, /port \d+ on 127\.0\.0\.1 is busy: \S+ \(pid \d+\) holds it/);
  });

  it("logs --follow goes on with the pod that takes another's place", async () => {
    const child = cluster.spawn(["logs", "alice", "fxsuite", "--follow", "--json", "--grep", "listening"]);
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const heard = () =>
      text
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as { readonly pod: string; readonly service: string; readonly time: string });
    while (heard().length === 0) await pause(100);
    const [before] = await pods(OWN);
    await cluster.kubectl("delete", before ?? "", "--namespace", "alice");
    while (heard().every(({ pod }) => `pod/${pod}` === before)) await pause(100);
    const lines = heard();
    assert.deepEqual([...new Set(lines.map(({ service }) => service))], ["fxsuite"]);
    // Each pod's own lines in their order; those of several pods come as they are heard.
    for (const name of new Set(lines.map(({ pod }) => pod))) {
      const times = lines.filter(({ pod }) => pod === name).map(({ time }) => Date.parse(time));
      assert.deepEqual(
        times,
        times.toSorted((one, other) => one - other),
      );
    }
    await ends(child);
  });

  it("open says nothing of a service that is ready, and warns of one that is not", async () => {
    const ready = await cluster.ed8kctl("open", "alice", "fxsuite");
    assert.match(ready.stdout, /^http:\/\/fxsuite--alice\.ed8k\.localhost:\d+\n$/);
    assert.equal(ready.stderr, "");
    const broken = {
      strategy: { type: "Recreate", rollingUpdate: null },
      template: { spec: { containers: [{ name: "fxsuite", image: "registry.invalid/nothing:1" }] } },
    };
    const patch = JSON.stringify({ spec: broken });
    await cluster.kubectl("patch", "deployment", "fxsuite", "--namespace", "alice", "--patch", patch);
    while ((await cluster.must("show", "alice", "--json")).includes('"image-unreachable"') === false) await pause(500);
    const { stderr } = await cluster.ed8kctl("open", "alice", "fxsuite");
    assert.match(stderr, /fxsuite is not ready: fxsuite-\S+ cannot pull its image registry\.invalid\/nothing:1/);
  });
});
