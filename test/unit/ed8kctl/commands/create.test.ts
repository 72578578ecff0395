import assert from "node:assert/strict";
import { create } from "../../../../ed8kctl/commands/create.js";
import { plan } from "../../../../ed8kctl/commands/plan.js";
import { recordFacts } from "../../../../ed8kctl/known-clusters.js";
import type { FakeApiServer } from "../../kube/fake-api-server.js";
import { cleanUp, scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { failing, FakePulumi } from "../engine/fake-pulumi.js";
import { WORDS } from "../engine/words.js";
import { BACKEND, FakeOutput, ownCatalogue } from "../environment/fixtures.js";
import { ownCluster, useKubeconfig } from "../own-machine.js";

const ASKING = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

describe("ed8kctl create", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    const cluster = await ownCluster();
    ({ server } = cluster);
    setEnv({ PULUMI_BACKEND_URL: BACKEND, ED8K_CACHE: scratchFolder(), ED8K_USER: undefined });
    useKubeconfig({ company: server });
    recordFacts(BACKEND, cluster.facts);
    const body = { status: { userInfo: { username: "ed8k:carol" } } };
    server.fail({ when: ({ path }) => path === ASKING, times: 9, answer: 201, body });
  });
  afterEach(async () => {
    await server.stop();
    cleanUp();
  });

  async function run(command: typeof create): Promise<FakeOutput> {
    const out = new FakeOutput();
    const options = { cluster: "dev", catalogue: ownCatalogue() };
    await command.run({ args: ["alice"], options, rest: [], out, signal: new AbortController().signal });
    return out;
  }

  it("makes whom the cluster knows the owner, and asks it once", async () => {
    const pulumi = new FakePulumi({
      up: 'cp Pulumi.alice.yaml "$dir/config"',
      "stack export": "echo '{}'",
    });
    await run(create);
    assert.match(pulumi.read("config"), /\n {2}ed8k:owner: carol\n/);
    assert.equal(server.calls().filter((call) => call === `POST ${ASKING}`).length, 1);
  });

  it("is planned with the same owner", async () => {
    new FakePulumi({ "config refresh": failing(WORDS.missingStack) });
    const out = await run(plan);
    assert.equal((out.results[0] as { spec: { owner: string } }).spec.owner, "carol");
  });
});
