import assert from "node:assert/strict";
import { destroy } from "../../../../ed8kctl/commands/destroy.js";
import { recordFacts } from "../../../../ed8kctl/known-clusters.js";
import type { Receipt } from "../../../../ed8kctl/environment/receipt.js";
import { failing, FakePulumi } from "../engine/fake-pulumi.js";
import { WORDS } from "../engine/words.js";
import { BACKEND, FakeOutput, ownNamespace, runJobs, writes } from "../environment/fixtures.js";
import { live } from "../live/objects.js";
import { ownCluster, useKubeconfig } from "../own-machine.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../sandbox/scratch.js";

describe("ed8kctl destroy", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    const cluster = await ownCluster();
    ({ server } = cluster);
    server.kinds.push(kind("v1 PersistentVolume", "persistentvolumes", false));
    setEnv({ PULUMI_BACKEND_URL: BACKEND, ED8K_CACHE: scratchFolder() });
    useKubeconfig({ company: server });
    recordFacts(BACKEND, cluster.facts);
    const missing = failing(WORDS.missingStack, 6);
    new FakePulumi({ "config refresh": missing, "stack export": missing });
    runJobs(server);
  });
  afterEach(async () => {
    await server.stop();
    cleanUp();
  });

  function run(out: FakeOutput, options: Readonly<Record<string, string | boolean>> = {}): Promise<void> {
    const { signal } = new AbortController();
    return destroy.run({
      args: ["alice"],
      options: { cluster: "dev", timeout: "5m", ...options },
      rest: [],
      out,
      signal,
    });
  }

  const left = ({ results }: FakeOutput): unknown => (results[0] as Receipt | undefined)?.left;

  it("asks before it removes what cannot be brought back", async () => {
    server.put(ownNamespace("alice"));
    const no = new FakeOutput(false);
    const error = await errorOf(() => run(no));
    assert.deepEqual([error.message, (error as { exit?: unknown }).exit], ["alice stays as it is", "interrupted"]);
    assert.deepEqual(no.questions, ["Remove alice with all its services, volumes and topics? This cannot be undone."]);
    assert.deepEqual([no.results, writes(server)], [[], []]);
    const yes = new FakeOutput(true);
    await run(yes);
    assert.deepEqual(left(yes), []);
    assert.equal(writes(server)[0], "DELETE /api/v1/namespaces/alice");
  });

  it("asks nobody with --yes, nor where nothing is there", async () => {
    server.put(ownNamespace("alice"));
    const out = [new FakeOutput(), new FakeOutput()];
    await run(out[0] ?? new FakeOutput(), { yes: true });
    await run(out[1] ?? new FakeOutput());
    assert.deepEqual(
      out.map(({ questions, results }) => [questions.length, results.length]),
      [
        [0, 1],
        [0, 1],
      ],
    );
  });

  it("gives the receipt and fails when something is left", async () => {
    server.put(live("PersistentVolume pvc-1", { spec: { claimRef: { namespace: "alice" } } }));
    const out = new FakeOutput();
    assert.equal((await errorOf(() => run(out))).message, "alice is not wholly gone: 1 left");
    assert.deepEqual(left(out), [
      { what: "PersistentVolume pvc-1", remove: "kubectl delete persistentvolume pvc-1 --context company" },
    ]);
  });

  it("takes a time that is none for a slip of the pen, before it asks anybody", async () => {
    const error = await errorOf(() => run(new FakeOutput(), { timeout: "soon" }));
    assert.match(error.message, /--timeout/);
    assert.deepEqual(server.calls(), []);
  });
});
