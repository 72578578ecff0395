import assert from "node:assert/strict";
import { findingsText } from "../../../../ed8kctl/commands/doctor.js";
import { type Check, known, runChecks, Warning } from "../../../../ed8kctl/doctor/check.js";
import { checkNodes } from "../../../../ed8kctl/doctor/cluster.js";
import { nodeVersion, toolSource } from "../../../../ed8kctl/doctor/tools.js";
import { UserError } from "../../../../errors.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

interface Facts {
  readonly number: number;
}
const signal = new AbortController().signal;

describe("checks", () => {
  const good: Check<Facts> = {
    name: "good",
    needs: [],
    run(facts: { number?: number }) {
      facts.number = 7;
      return Promise.resolve("fine");
    },
  };
  const bad: Check<Facts> = {
    name: "bad",
    needs: ["good"],
    run: () => Promise.reject(new UserError("broken", { hint: "mend it" })),
  };
  const after: Check<Facts> = { name: "after", needs: ["bad"], run: () => Promise.resolve("never") };
  const last: Check<Facts> = {
    name: "last",
    needs: ["good"],
    run: ({ number }) => Promise.resolve(`${known(number)}`),
  };

  it("go on after a fault, skip what needs it, and hand on what they found out", async () => {
    const findings = await runChecks([good, bad, after, last], signal);
    assert.deepEqual(findings, [
      { name: "good", state: "ok", text: "fine" },
      { name: "bad", state: "failed", text: "broken", hint: "mend it" },
      { name: "after", state: "skipped", text: "not looked at: bad comes first" },
      { name: "last", state: "ok", text: "7" },
    ]);
    assert.equal(
      findingsText(findings),
      `✓  good   fine
✗  bad    broken
    → mend it
-  after  not looked at: bad comes first
✓  last   7`,
    );
  });

  it("pass with a warning, which keeps nothing from being looked at, and say nothing of what is not there", async () => {
    const warned: Check<Facts> = {
      name: "good",
      needs: [],
      run: () => Promise.reject(new Warning("ends soon", { hint: "upgrade" })),
    };
    const silent: Check<Facts> = { name: "silent", needs: ["good"], run: () => Promise.resolve(undefined) };
    const needy: Check<Facts> = { name: "needy", needs: ["silent"], run: () => Promise.resolve("fine") };
    const findings = await runChecks([warned, silent, needy], signal);
    assert.deepEqual(findings, [
      { name: "good", state: "warned", text: "ends soon", hint: "upgrade" },
      { name: "needy", state: "ok", text: "fine" },
    ]);
    assert.equal(findingsText(findings), "!  good   ends soon\n    → upgrade\n✓  needy  fine");
  });

  it("end when they are interrupted", async () => {
    await assert.rejects(runChecks([good], AbortSignal.abort(new Error("stop"))), { message: "stop" });
  });
});

describe("what doctor looks at", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  it("wants a Node.js of package.json's version", () => {
    assert.equal(nodeVersion("20.19.0"), "20.19.0");
    assert.equal(nodeVersion("24.1.0"), "24.1.0");
    assert.throws(() => nodeVersion("20.18.9"), { message: "Node.js is 20.18.9; it must be 20.19 or later" });
    assert.throws(() => nodeVersion("18.20.0"), { message: "Node.js is 18.20.0; it must be 20.19 or later" });
  });

  it("tells a tool that is nowhere and cannot be made", async () => {
    await assert.rejects(toolSource("etcd", "/nowhere"), {
      message: "there is no etcd on PATH",
      hint: "install etcd 3.6, or Go, with which it is built",
    });
  });

  it("counts the nodes that are ready", async () => {
    const ready = (status: string) => ({ status: { conditions: [{ type: "Ready", status }] } });
    server.put(live("Node a", ready("True")));
    assert.equal(await checkNodes(server.client(), signal), "1 of 1 ready");
    server.put(live("Node b", ready("Unknown")));
    await assert.rejects(checkNodes(server.client(), signal), { message: "1 of 2 nodes are ready" });
    server.fail({ answer: 403, when: ({ path }) => path === "/api/v1/nodes", body: { reason: "Forbidden" } });
    assert.equal(await checkNodes(server.client(), signal), "not shown to you, which is no fault");
  });
});
