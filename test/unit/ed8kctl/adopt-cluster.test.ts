import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { adoptSandboxCluster } from "../../../ed8kctl/adopt-cluster.js";
import { recallFacts } from "../../../ed8kctl/known-clusters.js";
import { openCluster } from "../../../sandbox/control-plane/client.js";
import { IMAGE_RULES } from "../../../sandbox/images/images.js";
import type { SandboxPaths } from "../../../sandbox/paths.js";
import { readSettings, writeSettings } from "../../../sandbox/records/settings.js";
import type { FakeApiServer } from "../kube/fake-api-server.js";
import { cleanUp, errorOf, program, scratchFolder, setEnv } from "../sandbox/scratch.js";
import { ownCluster } from "./own-machine.js";
import { leadTo, ownSandbox } from "./own-sandbox.js";

describe("adopting the sandbox's cluster", () => {
  let server: FakeApiServer;
  let paths: SandboxPaths;
  let uid: string;
  let calls: string;
  let lines: string[];
  beforeEach(async () => {
    const cluster = await ownCluster();
    ({ server } = cluster);
    ({ uid } = cluster.facts);
    server.fail({
      when: ({ path }) => path === "/version",
      times: 99,
      answer: 200,
      body: { gitVersion: "v1.36.3-eks-1" },
    });
    calls = join(scratchFolder(), "calls");
    writeFileSync(calls, "");
    const pulumi = `echo "$1 $2" >> '${calls}'; [ ! -e '${calls}.fail' ] || { echo 'error: no room' >&2; exit 1; }`;
    paths = ownSandbox(program(join(scratchFolder(), "pulumi"), pulumi));
    leadTo(paths, server.kubeconfig());
    setEnv({ ED8K_CACHE: scratchFolder() });
    lines = [];
  });
  afterEach(async () => {
    openCluster(paths).close();
    await server.stop();
    cleanUp();
  });

  const adopt = (): Promise<void> => adoptSandboxCluster({ report: (line) => lines.push(line) });
  const runs = (): readonly string[] =>
    readFileSync(calls, "utf8")
      .trim()
      .split("\n")
      .filter((line) => line !== "");

  it("applies its stack, remembers the cluster, and does nothing the second time", async () => {
    await adopt();
    assert.deepEqual(runs(), ["up --yes"]);
    assert.deepEqual(lines, ["installing on the cluster what environments need"]);
    const facts = recallFacts(`file://${paths.backend}`, "dev");
    assert.deepEqual([facts?.uid, facts?.context, facts?.kubernetesVersion], [uid, "ed8k-sandbox", "1.36.3"]);
    await adopt();
    assert.equal(runs().length, 1);
    assert.equal(lines.length, 1);
  });

  it("applies it again on another cluster, or after another version of ED8K", async () => {
    await adopt();
    writeFileSync(join(paths.folder, "adopted"), "another");
    await adopt();
    assert.equal(runs().length, 2);
  });

  it("takes images from a real node and serves hosts at its gateway's port, where there is one", async () => {
    const settings = readSettings(paths);
    assert.ok(settings);
    const told = async (): Promise<unknown> => {
      await adopt();
      const facts = recallFacts(`file://${paths.backend}`, "dev");
      return [facts?.images, facts?.ingressPort];
    };
    assert.deepEqual(await told(), [[], 80]);
    writeSettings(paths, { ...settings, nodes: { real: true, simulated: 2, reason: "so" } });
    assert.deepEqual(await told(), [IMAGE_RULES, 20_008]);
    assert.equal(runs().length, 2);
  });

  it("applies it again when it has failed", async () => {
    writeFileSync(`${calls}.fail`, "");
    assert.equal((await errorOf(adopt)).message, "dev: no room");
    rmSync(`${calls}.fail`);
    await adopt();
    assert.equal(runs().length, 2);
  });
});
