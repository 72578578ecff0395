import assert from "node:assert/strict";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { AwsSandbox, CREDENTIALS } from "./aws-sandbox.js";
import { CHANGES } from "./changes.js";
import { countsByService } from "./left.js";

const UNCHANGED = /Resources:\n +\d+ unchanged/;

describe("the cluster stack on the emulator", () => {
  const sandbox = new AwsSandbox();
  before(() => sandbox.start());
  after(() => sandbox.remove());

  it("pulumi up provisions all of it in the development account [rows 2, 61, 103]", async () => {
    assert.deepEqual(new Set(Object.values(await countsByService(sandbox.front))), new Set([0]));
    await sandbox.mustPulumi("stack", "init", "dev");
    sandbox.configure({ eks: { version: "1.35" } });
    assert.match(await sandbox.mustPulumi("up", "--yes", "--skip-preview"), /\+ \d+ created/);
    assert.deepEqual(await countsByService(sandbox.front), {
      vpcs: 1,
      // EKS' own, the API server's, Kafka's, and the VPC's default one.
      securityGroups: 4,
      natGateways: 1,
      internetGateways: 1,
      addresses: 1,
      endpoints: 2,
      flowLogs: 0,
      roles: 7,
      eksClusters: 1,
      mskClusters: 1,
      mskConfigurations: 1,
      keys: 1,
      keyAliases: 1,
      buckets: 1,
      budgets: 1,
      repositories: 3,
      queues: 1,
      rules: 5,
      logGroups: 1,
    });
  });

  it("up again changes nothing, and calls nothing that could", async () => {
    const calls = await sandbox.callsOf(async () => {
      assert.match(await sandbox.mustPulumi("up", "--yes", "--skip-preview"), UNCHANGED);
    });
    assert.deepEqual(
      Object.keys(calls).filter((call) => !/:(Describe|Get|List|Head)/.test(call)),
      [],
    );
  });

  it("refresh finds no drift", async () => {
    assert.match(await sandbox.mustPulumi("refresh", "--yes", "--expect-no-changes"), UNCHANGED);
  });

  for (const { what, config, steps } of CHANGES) {
    it(`previews a change: ${what}`, async () => {
      await sandbox.withConfig(config, async () => assert.deepEqual(await sandbox.preview(), steps));
    });
  }

  it("does many changes at once, after which there is nothing to do and no drift", async () => {
    for (const { config } of CHANGES) sandbox.configure(config);
    const said = await sandbox.mustPulumi("up", "--yes", "--skip-preview");
    assert.match(said, /~ \d+ updated/);
    assert.match(said, /\+-1 replaced/);
    assert.deepEqual(await sandbox.preview(), []);
    assert.match(await sandbox.mustPulumi("refresh", "--yes", "--expect-no-changes"), UNCHANGED);
  });

  it("refuses another network, which would take Kafka with it, before anything is done", async () => {
    await sandbox.withConfig({ aws: { cidr: "10.96.0.0/16" } }, async () => {
      const { code, stdout, stderr } = await sandbox.pulumi("up", "--yes");
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, /unable to replace resource ".*Kafka\$aws:msk\/cluster:Cluster::kafka"/);
    });
    assert.deepEqual(await sandbox.preview(), []);
  });

  it("lets each session of a developer's role in as a user of its own [rows 98, 99]", async () => {
    await sandbox.must("cluster", "kubeconfig");
    const whoami = async (role: string, session: string): Promise<string> =>
      sandbox.kubectlAs(
        await assume(role, session),
        "auth",
        "whoami",
        "-o",
        "jsonpath={.status.userInfo.username} {.status.userInfo.groups}",
      );
    assert.equal(
      await whoami("other-developer", "alice@example.com"),
      'ed8k:alice@example.com ["ed8k:developers","system:authenticated"]',
    );
    await assert.rejects(whoami("ed8k-developer", "alice@example.com"), /must be logged in|Unauthorized/);
    await assert.rejects(whoami("stranger", "mallory"), /must be logged in|Unauthorized/);
  });

  it("carries an environment, whose hosts are routes of the shared Gateway [row 8]", async () => {
    const said = await sandbox.must("create", "alice", "--json");
    assert.match(said, /fxsuite--alice\.dev\.example\.com/);
    const routes = await sandbox.kubectl(
      "get",
      "httproutes",
      "-n",
      "alice",
      "-o",
      "jsonpath={.items[*].spec.parentRefs}",
    );
    assert.deepEqual(JSON.parse(routes), [
      { group: "gateway.networking.k8s.io", kind: "Gateway", name: "environments", namespace: "ed8k-gateway" },
    ]);
    assert.equal(await sandbox.kubectl("get", "ingresses", "-n", "alice", "-o", "name"), "");
    assert.match(await sandbox.must("cluster", "status"), /^environments +1: alice$/m);
  });

  it("cluster destroy is refused while the environment is there, and says what to do", async () => {
    const { code, stderr } = await sandbox.ed8kctl("cluster", "destroy", "--yes");
    assert.equal(code, 1);
    assert.match(stderr, /alice/);
    assert.match(stderr, /ed8kctl destroy alice/);
    assert.match(await sandbox.must("cluster", "status"), /^environments +1: alice$/m);
  });

  it("pulumi destroy is refused before anything is deleted, for what would be lost for good", async () => {
    const { code, stdout, stderr } = await sandbox.pulumi("destroy", "--yes");
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, /protected|marked for protection/);
    assert.deepEqual(await sandbox.preview(), []);
  });

  it("cluster destroy leaves nothing in the account, by service", async () => {
    await sandbox.must("destroy", "alice", "--yes");
    await sandbox.must("cluster", "destroy", "--yes");
    assert.deepEqual(new Set(Object.values(await countsByService(sandbox.front))), new Set([0]));
  });

  /** Credentials of a session of a role, as SSO gives them. */
  async function assume(role: string, session: string): Promise<Readonly<Record<string, string>>> {
    const sts = new STSClient({ endpoint: sandbox.front, region: "eu-west-1", credentials: CREDENTIALS });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: `arn:aws:iam::111122223333:role/${role}`, RoleSessionName: session }),
    );
    return {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
    };
  }
});
