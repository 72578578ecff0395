import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkWay, enter, firstProcess, inNode } from "../../../../../sandbox/nodes/real/namespaces.js";
import { hostNames } from "../../../../../sandbox/nodes/real/layout.js";
import { checkoutRoot, sandboxPaths } from "../../../../../sandbox/paths.js";
import { cleanUp, errorOf, setEnv } from "../../scratch.js";
import { tcpServer } from "../../jobs/sockets.js";
import { NODE } from "./node-programs.js";

describe("the namespaces of a real node", () => {
  afterEach(cleanUp);

  it("begin with one process, which is told names and addresses", () => {
    const paths = sandboxPaths("/s");
    setEnv({ PATH: "/usr/bin" });
    const { file, args, env, health, within } = firstProcess({ paths, basePort: 16440, node: NODE });
    assert.deepEqual(
      { file, args, env, health, within: within?.() },
      {
        file: "bash",
        args: [join(checkoutRoot(), "sandbox", "nodes", "real", "node.sh")],
        env: {
          PATH: "/p/bin:/usr/bin",
          FOLDER: "/s/node",
          READY: "/s/node/ready",
          NODE_NAME: "ed8k-real",
          LINK: hostNames("/s").link,
          HOST_ADDRESS: "10.77.0.1",
          NODE_ADDRESS: "10.77.0.2",
          PODS: "10.77.16.0/20",
          SERVICES: "10.77.32.0/20",
          API_PORT: "16443",
          EGRESS_PORT: "16449",
        },
        health: { file: "/s/node/ready" },
        within: ["unshare", "--mount", "--pid", "--uts", "--ipc", "--fork", "--kill-child", "--mount-proc"],
      },
    );
    assert.ok(existsSync(args[0] ?? ""));
  });

  it("are entered by the process that is there now; what has started a program takes it along", async () => {
    let pid: number | undefined = 7;
    const component = { name: "part", file: "/t/part", args: ["--x"], health: { file: "/f" } };
    const inside = inNode(component, { pid: () => pid });
    await inside.prepare?.();
    const words = ["--mount", "--pid", "--net", "--uts", "--ipc", "--", "setpriv", "--pdeathsig", "KILL"];
    assert.deepEqual(inside.within?.(), ["nsenter", "--target=7", ...words]);
    pid = 8;
    assert.deepEqual(inside.within?.(), ["nsenter", "--target=8", ...words]);
    assert.deepEqual([inside.file, inside.args], ["/t/part", ["--x"]]);
  });

  it("reach the machine, or it is said which link a firewall must let in", async () => {
    const { port, stop } = await tcpServer((socket) => socket.destroy());
    const way = { host: "127.0.0.1", link: "ed8k9c211afb" };
    await checkWay(["env"], { ...way, port });
    await stop();
    const error = await errorOf(() => checkWay(["env"], { ...way, port }));
    assert.equal(
      error.message,
      "the real node does not reach this machine, 127.0.0.1: a firewall here refuses what comes in by the link ed8k9c211afb, and must let it in",
    );
  });

  it("are waited for while the node is started anew", async () => {
    let pid: number | undefined;
    const done: string[] = [];
    const prepare = (): Promise<void> => Promise.resolve(void done.push("prepared"));
    const inside = inNode({ name: "p", file: "/p", args: [], health: { file: "/f" }, prepare }, { pid: () => pid });
    const preparing = inside.prepare?.();
    assert.throws(() => enter({ pid: () => pid }), { message: "the node is not there" });
    setTimeout(() => {
      done.push("there");
      pid = 9;
    }, 30);
    await preparing;
    assert.deepEqual(done, ["there", "prepared"]);
  });
});
