import assert from "node:assert/strict";
import { join } from "node:path";
import { clusterKubeconfig } from "../../../../../ed8kctl/commands/cluster/kubeconfig.js";
import { loadAccess } from "../../../../../kube/access.js";
import { withTarget } from "../../../../../ed8kctl/target.js";
import type { UserError } from "../../../../../errors.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../../sandbox/scratch.js";
import { EKS_FACTS } from "../../cluster/fixtures.js";
import { failing, FakePulumi } from "../../engine/fake-pulumi.js";
import { WORDS } from "../../engine/words.js";
import { BACKEND, FakeOutput } from "../../environment/fixtures.js";
import { FACTS } from "../../live/facts.js";

describe("ed8kctl cluster kubeconfig", () => {
  let file: string;
  beforeEach(() => {
    file = join(scratchFolder(), "kubeconfig");
    setEnv({ PULUMI_BACKEND_URL: BACKEND, ED8K_CACHE: scratchFolder(), KUBECONFIG: file });
  });
  afterEach(cleanUp);

  function says(facts: object): FakePulumi {
    return new FakePulumi({ "stack output": `echo '${JSON.stringify({ cluster: facts })}'` });
  }

  async function run(options: Readonly<Record<string, string | boolean>> = {}, args: readonly string[] = []) {
    const out = new FakeOutput();
    const { signal } = new AbortController();
    await clusterKubeconfig.run({ args, options: { cluster: "dev", ...options }, rest: [], out, signal });
    return out.results;
  }

  it("writes the context by which everybody reaches the cluster as themselves", async () => {
    const pulumi = says(EKS_FACTS);
    assert.deepEqual(await run({ profile: "dev-sso" }, ["staging"]), [{ context: "ed8k-dev", file }]);
    assert.deepEqual(pulumi.calls(), ["stack output --json --stack staging"]);
    const { server, user } = loadAccess({ context: "ed8k-dev" });
    assert.deepEqual(
      [server, user.exec?.env, user.token],
      [EKS_FACTS.aws.endpoint, { AWS_PROFILE: "dev-sso" }, undefined],
    );
  });

  it("prints it alone, and writes nothing", async () => {
    says(EKS_FACTS);
    const [kubeconfig] = await run({ print: true });
    assert.equal(loadAccess({ content: JSON.stringify(kubeconfig) }).context, "ed8k-dev");
    assert.throws(() => loadAccess({ context: "ed8k-dev" }), { message: /^There is no kubeconfig/ });
  });

  it("is what the verbs ask for where the context is missing", async () => {
    says(EKS_FACTS);
    const error = (await errorOf(() => withTarget({}, () => Promise.resolve()))) as UserError;
    assert.equal(error.message, `There is no kubeconfig at ${file}`);
    assert.equal(error.hint, "ed8kctl cluster kubeconfig dev writes the context ed8k-dev");
  });

  it("does not know how a cluster is reached that was there before its stack", async () => {
    says({ ...FACTS, context: "company" });
    const error = (await errorOf(() => run())) as UserError;
    assert.match(error.message, /^the cluster dev was there before its stack: .* in the context "company"$/);
    assert.equal(error.exit, "usage");
  });

  it("needs a stack that was applied", async () => {
    new FakePulumi({ "stack output": failing(WORDS.missingStack, 6) });
    const missing = (await errorOf(() => run())) as UserError;
    assert.deepEqual([missing.message, missing.exit], [`there is no cluster stack dev in ${BACKEND}`, "notFound"]);
    says({ name: "dev", platform: false });
    assert.match((await errorOf(() => run())).message, /was applied without what runs in the cluster/);
  });
});
