import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isAlive } from "../../../sandbox/machine/processes.js";
import { REAL_ONLY } from "../../../sandbox/nodes/choice/spec.js";
import { sandboxPorts } from "../../../sandbox/ports.js";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import { sandboxStatus } from "../../../sandbox/status.js";
import { type HostState, hostState } from "./host-state.js";
import { OtherContainerd } from "./other-containerd.js";
import { BASE_PORT, OwnSandbox, until } from "../sandbox/own-sandbox.js";
import { OBJECTS, ON_SIMULATED } from "./real-objects.js";

const IN_NODE = ["node", "containerd", "kubelet", "kube-proxy", "dns"];
const ON_HOST = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"];

/** They fail, and are not passed over, where no real node can be: a test that never runs holds nothing. */
describe("the sandbox with a real node", () => {
  let sandbox: OwnSandbox;
  let other: OtherContainerd;
  let untouched: HostState;
  before(async () => {
    assert.equal(process.getuid?.(), 0, "these tests need root");
    other = await OtherContainerd.start();
    sandbox = new OwnSandbox();
    untouched = await hostState(sandbox.paths.folder);
    await sandbox.up(REAL_ONLY);
    await kubectl("create", "namespace", "shop");
    await apply(OBJECTS);
    await comesTo("deployment/web", ".status.readyReplicas", "2");
    await comesTo("statefulset/store", ".status.readyReplicas", "1");
  });
  after(async () => {
    await sandbox.remove();
    await other.stop();
  });

  const kubectl = (...args: readonly string[]): Promise<string> => sandbox.run("kubectl", ...args);

  async function apply(objects: string): Promise<void> {
    writeFileSync(join(sandbox.scratch, "objects.yaml"), objects);
    await kubectl("apply", "-f", "objects.yaml");
    rmSync(join(sandbox.scratch, "objects.yaml"));
  }

  const field = (object: string, path: string): Promise<string> =>
    kubectl("get", "-n", "shop", object, "-o", `jsonpath={${path}}`);

  async function comesTo(object: string, path: string, value: string): Promise<void> {
    let seen = "";
    const holds = async (): Promise<boolean> => (seen = await field(object, path)) === value;
    await until(holds, () => seen);
  }

  /** By curl, which looks for names below `localhost` on this machine, as browsers do; Node asks the resolver. */
  const get = async (url: string): Promise<string> =>
    (await promisify(execFile)("curl", ["--silent", "--fail", "--max-time", "3", url])).stdout.trim();

  /** In the first of the web servers' pods. */
  const inPod = (...command: readonly string[]): Promise<string> =>
    kubectl("exec", "-n", "shop", "deployment/web", "--", ...command);

  const names = async (): Promise<readonly string[]> =>
    (await kubectl("get", "pods", "-n", "shop", "-l", "app=web", "-o", "jsonpath={.items[*].metadata.name}")).split(
      " ",
    );

  /** Asks until each web server has answered. */
  async function everyServerAnswers(ask: () => Promise<string>): Promise<void> {
    const expected = [...(await names())].sort();
    const seen = new Set<string>();
    const holds = async (): Promise<boolean> => {
      seen.add(await ask().catch((error: Error) => error.message));
      return expected.every((name) => seen.has(name));
    };
    await until(holds, () => [...seen]);
  }

  it("runs every program, and says which nodes it has, why, and what they cannot do", async () => {
    const status = await sandboxStatus();
    assert.equal(status?.fault, undefined);
    assert.deepEqual(
      status?.components.map(({ name, state }) => `${name} ${state}`).sort(),
      [...ON_HOST, ...IN_NODE].map((name) => `${name} running`).sort(),
    );
    assert.deepEqual(status?.nodes, {
      counts: { real: 1 },
      ready: 1,
      reason: "--nodes asked for it",
      limits: [
        "Network policies are not enforced.",
        "Pods reach each other, Services and the API server, nothing else; hostPort does nothing.",
      ],
      gateway: sandboxPorts(BASE_PORT).gateway,
    });
    assert.ok(
      sandbox.lines.some((line) => /^images imported \(\d+\.\d s\)$/.test(line)),
      sandbox.lines.join("\n"),
    );
    assert.ok(sandbox.lines.some((line) => /^the real node is ready \(\d+\.\d s\)$/.test(line)));
  });

  it("leads a Service's name to its pods, from a pod", async () => {
    for (const name of ["web", "web.shop", "web.shop.svc", "web.shop.svc.cluster.local"]) {
      assert.ok((await names()).includes((await inPod("curl", "-s", `http://${name}`)).trim()), name);
    }
    await everyServerAnswers(() => inPod("curl", "-s", "http://web").then((text) => text.trim()));
  });

  it("leads a Service's address and its host name to its pods, from this machine", async () => {
    const address = await field("service/web", ".spec.clusterIP");
    await everyServerAnswers(() => get(`http://${address}`));
    await everyServerAnswers(() => get(`http://web--shop.ed8k.localhost:${sandboxPorts(BASE_PORT).gateway}/`));
  });

  it("lets pods speak to the API server, whose certificate they can check", async () => {
    const folder = "/var/run/secrets/kubernetes.io/serviceaccount";
    const ask = `curl -s --cacert ${folder}/ca.crt -H "Authorization: Bearer $(cat ${folder}/token)" https://kubernetes.default.svc`;
    const said = JSON.parse(await inPod("sh", "-c", `${ask}/api/v1/namespaces/shop/pods`)) as { message: string };
    assert.match(said.message, /^pods is forbidden: User "system:serviceaccount:shop:default" cannot list/);
  });

  it("gives pods no way out, neither to the internet nor to this machine", async () => {
    const server = http.createServer((_request, answer) => answer.end("reached"));
    server.listen(0, "0.0.0.0");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const { apiServer, egress } = sandboxPorts(BASE_PORT);
    const host = `${(await field("service/web", ".spec.clusterIP")).split(".").slice(0, 2).join(".")}.0.1`;
    const tried = (url: string): Promise<string> =>
      inPod("sh", "-c", `timeout 1 curl -s -k -o /dev/null -w '%{http_code}' ${url} || echo " refused $?"`);
    try {
      assert.equal(await get(`http://${host}:${port}`), "reached");
      assert.equal(await tried(`https://${host}:${apiServer}/version`), "200");
      for (const url of [`http://${host}:${port}`, `http://${host}:${egress}`]) {
        assert.equal(await tried(url), "000 refused 7\n", url);
      }
      // No answer at all would look like that of a machine that is not there; the kernel gives one a second.
      for (const url of ["http://192.0.2.1", "http://1.1.1.1"]) {
        let seen = "";
        await until(
          async () => (seen = await tried(url)) === "000 refused 7\n",
          () => seen,
        );
      }
    } finally {
      server.close();
    }
  });

  it("lets the node itself reach this machine by the way to registries alone, which leads nowhere here", async () => {
    const host = `${(await field("service/web", ".spec.clusterIP")).split(".").slice(0, 2).join(".")}.0.1`;
    const enter = ["--net", `--target=${sandbox.pidOf("node")}`, "curl", "-s", "-m", "3", "-o", "/dev/null"];
    const tried = async (...words: readonly string[]): Promise<string> => {
      const way = ["-x", `http://${host}:${sandboxPorts(BASE_PORT).egress}`, "-w", "%{http_connect}"];
      const { stdout } = await promisify(execFile)("nsenter", [...enter, ...way, ...words]).catch(
        (error: unknown) => error as { stdout: string },
      );
      return stdout;
    };
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const addresses = own.flatMap(({ address, family }) => (family === "IPv4" ? [address] : []));
    assert.ok(addresses.length > 1);
    for (const address of addresses) assert.equal(await tried(`https://${address}`), "403", address);
  });

  it("shows logs, runs commands, and forwards ports", async () => {
    assert.equal(await kubectl("logs", "-n", "shop", "deployment/web"), "started\n");
    assert.equal(await inPod("sh", "-c", "echo $((6 * 7))"), "42\n");
    const { child, port } = await forward();
    try {
      assert.ok((await names()).includes(await get(`http://127.0.0.1:${port}/`)));
    } finally {
      child.kill();
      await once(child, "exit");
    }
  });

  async function forward(): Promise<{ readonly child: ChildProcess; readonly port: string }> {
    const args = ["port-forward", "-n", "shop", "deployment/web", ":8080"];
    const child = spawn(join(sandbox.paths.bin, "kubectl"), args, { env: sandboxEnvironment() });
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    await until(
      () => said.includes("Forwarding"),
      () => said,
    );
    return { child, port: /127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? "" };
  }

  const starts = async (): Promise<number> =>
    (await kubectl("exec", "-n", "shop", "store-0", "--", "cat", "/data/starts").catch(() => "")).split("\n").length -
    1;

  const comesToStarts = (count: number): Promise<void> => {
    let seen = 0;
    return until(
      async () => (seen = await starts()) === count,
      () => seen,
    );
  };

  it("keeps a volume's data when its pod is killed", async () => {
    assert.equal(await starts(), 1);
    await kubectl("delete", "pod", "-n", "shop", "store-0", "--grace-period=0", "--force");
    await comesToStarts(2);
  });

  for (const name of IN_NODE) {
    it(`heals ${name} when it is killed, and what pods serve with it`, async () => {
      const killed = sandbox.pidOf(name);
      const count = await starts();
      process.kill(killed, "SIGKILL");
      await until(async () => (await sandbox.fault())?.startsWith(`${name} is down`) === true);
      await until(
        async () => (await sandbox.fault()) === undefined,
        () => sandbox.state,
      );
      assert.notEqual(sandbox.pidOf(name), killed);
      const healed = sandbox.state.components.find((component) => component.name === name);
      assert.equal(healed?.lastExit?.reason, "killed by SIGKILL");
      await everyServerAnswers(() => inPod("curl", "-s", "-m", "3", "http://web").then((text) => text.trim()));
      // The end of the first process is the end of the pods: they start again, on the data that they had.
      await comesToStarts(name === "node" ? count + 1 : count);
    });
  }

  it("brings everything back after the supervisor was killed", async () => {
    const count = await starts();
    const { supervisor } = sandbox.state;
    process.kill(supervisor.pid, "SIGKILL");
    await until(() => !isAlive(supervisor));
    await sandbox.up();
    assert.equal(await sandbox.fault(), undefined);
    await comesToStarts(count + 1);
    await everyServerAnswers(() => inPod("curl", "-s", "-m", "3", "http://web").then((text) => text.trim()));
  });

  it("is refused other nodes while it is there", async () => {
    await assert.rejects(sandbox.up(3), {
      message: "the sandbox runs with 1 real node, not 3 simulated nodes",
      exit: "usage",
    });
  });

  it("down leaves this machine as it was, and a containerd that runs there beside", async () => {
    await sandbox.down();
    assert.deepEqual(await other.namespaces(), ["own"]);
    assert.deepEqual(sandbox.leftovers(), ["a folder", "tmp"]);
    assert.deepEqual(await hostState(sandbox.paths.folder), untouched);
  });

  it("stands beside simulated nodes: pods go to the real one unless they tolerate others", async () => {
    await sandbox.down();
    await sandbox.up({ real: true, simulated: 2 });
    const status = await sandboxStatus();
    assert.deepEqual(status?.nodes.counts, { real: 1, simulated: 2 });
    assert.equal(status.nodes.ready, 3);
    await kubectl("create", "namespace", "shop");
    await apply(`${OBJECTS}---${ON_SIMULATED}`);
    await comesTo("deployment/web", ".status.readyReplicas", "2");
    await comesTo("statefulset/store", ".status.readyReplicas", "1");
    await comesTo("pod/played", ".status.phase", "Running");
    const nodes = await kubectl("get", "pods", "-n", "shop", "-l", "app", "-o", "jsonpath={.items[*].spec.nodeName}");
    assert.deepEqual(new Set(nodes.split(" ")), new Set(["ed8k-real"]));
    assert.match(await field("pod/played", ".spec.nodeName"), /^ed8k-node-[12]$/);
    assert.match(await kubectl("logs", "-n", "shop", "played"), /^This pod is simulated/);
    assert.equal(await kubectl("logs", "-n", "shop", "deployment/web"), "started\n");
    await sandbox.down();
    assert.deepEqual(await hostState(sandbox.paths.folder), untouched);
  });
});
