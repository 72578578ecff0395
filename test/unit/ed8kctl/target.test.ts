import assert from "node:assert/strict";
import { WrongClusterError } from "../../../cluster/identity.js";
import { recallFacts, recordFacts } from "../../../ed8kctl/known-clusters.js";
import { type Target, withTarget, withUncheckedTarget } from "../../../ed8kctl/target.js";
import type { FakeApiServer } from "../kube/fake-api-server.js";
import { cleanUp, scratchFolder, setEnv } from "../sandbox/scratch.js";
import { failing, FakePulumi } from "./engine/fake-pulumi.js";
import { WORDS } from "./engine/words.js";
import { FACTS } from "./live/facts.js";
import { ownCluster, useKubeconfig } from "./own-machine.js";

const BACKEND = "s3://state";

describe("the cluster that a verb acts on", () => {
  const servers: FakeApiServer[] = [];
  beforeEach(() => setEnv({ PULUMI_BACKEND_URL: BACKEND, ED8K_CACHE: scratchFolder() }));
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    cleanUp();
  });

  async function cluster(context: string) {
    const made = await ownCluster(context);
    servers.push(made.server);
    return made;
  }

  /** A stack of a cluster that says these facts. */
  function says(facts: unknown): FakePulumi {
    return new FakePulumi({ "stack output": `echo '${JSON.stringify({ cluster: facts })}'` });
  }

  const seen = ({ facts, backend, client }: Target) => Promise.resolve([facts, backend, client.access.context]);

  it("is the one that its stack names, whatever the kubeconfig's current context is, and is remembered", async () => {
    const { server, facts } = await cluster("company");
    useKubeconfig({ other: server, company: server });
    const pulumi = says(facts);
    assert.deepEqual(await withTarget({}, seen), [facts, BACKEND, "company"]);
    assert.deepEqual(await withTarget({ cluster: "dev" }, seen), [facts, BACKEND, "company"]);
    assert.deepEqual(pulumi.calls(), ["stack output --json --stack dev"]);
  });

  it("is asked for again, once, when another cluster answers than the one that is remembered", async () => {
    const { server, facts } = await cluster("company");
    useKubeconfig({ company: server });
    recordFacts(BACKEND, { ...facts, uid: "rebuilt since" });
    const pulumi = says(facts);
    let runs = 0;
    await withTarget({}, () => Promise.resolve((runs += 1)));
    assert.equal(runs, 1);
    assert.equal(pulumi.calls().length, 1);
    assert.deepEqual(recallFacts(BACKEND, "dev"), facts);
  });

  it("is asked for again when the kubeconfig does not know the context that is remembered", async () => {
    const { server, facts } = await cluster("new-name");
    useKubeconfig({ "new-name": server });
    recordFacts(BACKEND, { ...facts, context: "old-name" });
    says(facts);
    assert.deepEqual(await withTarget({}, seen), [facts, BACKEND, "new-name"]);
  });

  it("is refused, before anything is done, when it is not the one that the stack was applied to", async () => {
    const { server, facts } = await cluster("company");
    useKubeconfig({ company: server });
    const wrong = { ...facts, uid: "another" };
    recordFacts(BACKEND, wrong);
    const pulumi = says(wrong);
    const work = (): Promise<void> => Promise.reject(new Error("it was done"));
    await assert.rejects(withTarget({}, work), WrongClusterError);
    assert.equal(pulumi.calls().length, 1);
  });

  it("is asked for again when the work itself finds another cluster", async () => {
    const { server, facts } = await cluster("company");
    useKubeconfig({ company: server });
    recordFacts(BACKEND, { ...facts, uid: "old" });
    says(facts);
    const uids: string[] = [];
    await withUncheckedTarget({}, ({ facts: { uid, ...others } }) => {
      uids.push(uid);
      return uid === "old" ? Promise.reject(new WrongClusterError({ uid, ...others }, facts.uid)) : Promise.resolve();
    });
    assert.deepEqual(uids, ["old", facts.uid]);
  });

  it("is not asked for again when the work fails", async () => {
    const { server, facts } = await cluster("company");
    useKubeconfig({ company: server });
    recordFacts(BACKEND, facts);
    const pulumi = says(facts);
    await assert.rejects(
      withTarget({}, () => Promise.reject(new Error("no room"))),
      { message: "no room" },
    );
    assert.deepEqual(pulumi.calls(), []);
  });

  it("is none where there is no such stack", async () => {
    new FakePulumi({ "stack output": failing(WORDS.missingStack, 6) });
    await assert.rejects(withTarget({ cluster: "dve" }, seen), {
      name: "UserError",
      exit: "notFound",
      message: "there is no cluster stack dve in s3://state",
      hint: /ed8kctl cluster up dve/,
    });
  });

  it("is none where the stack was never applied", async () => {
    new FakePulumi({ "stack output": "echo '{}'" });
    await assert.rejects(withTarget({}, seen), { message: "the cluster stack dev was never applied" });
    assert.equal(recallFacts(BACKEND, "dev"), undefined);
  });

  it("must be in the kubeconfig", async () => {
    const { server } = await cluster("company");
    useKubeconfig({ company: server });
    says({ ...FACTS, context: "elsewhere" });
    await assert.rejects(withTarget({}, seen), { name: "UserError", message: /has no context "elsewhere"$/ });
  });
});
