import assert from "node:assert/strict";
import { planPlatform } from "../../../../cluster/platform/plan.js";
import { parseFacts } from "../../../../cluster/outputs.js";
import { ownClusterProgram } from "../../../../cluster/own-cluster.js";
import { FACTS } from "../facts.js";
import { DEV, type Change, OPTIONS } from "./options.js";
import { devConfig, registeredCluster, registeredWith } from "./registered.js";

/** What is registered, as `<type> <name>`, sorted. */
async function listOf(change: Change): Promise<readonly string[]> {
  const { resources } = await registeredWith(change);
  return resources.map(({ type, name }) => `${type} ${name}`).toSorted();
}

describe("the program of a cluster stack that makes its cluster [rows 2, 61, 103]", () => {
  it("registers exactly this for Pulumi.dev.yaml", async () => {
    assert.deepEqual(await listOf({}), DEV);
  });

  for (const { title, change, more = [], less = [] } of OPTIONS) {
    it(`registers, ${title}, exactly ${more.length} more and ${less.length} less`, async () => {
      const expected = [...DEV.filter((resource) => !less.includes(resource)), ...more].toSorted();
      assert.equal(expected.length, DEV.length + more.length - less.length);
      assert.deepEqual(await listOf(change), expected);
    });
  }

  it("protects what would be lost for good", async () => {
    const { protectedResources } = await registeredWith({});
    assert.deepEqual(protectedResources, [
      "aws:ecr/repository:Repository bos",
      "aws:ecr/repository:Repository fxsuite",
      "aws:kms/key:Key key",
      "aws:msk/cluster:Cluster kafka",
      "aws:s3/bucket:Bucket datasets",
    ]);
  });

  it("protects what keeps topics, so that an update without what runs in the cluster is refused", async () => {
    const config = devConfig();
    const { protectedResources } = await registeredCluster(config, planPlatform(config));
    assert.deepEqual(
      protectedResources.filter((resource) => resource.startsWith("kubernetes:")),
      [
        "kubernetes:apps/v1:StatefulSet ed8k-shared/StatefulSet/kafka",
        "kubernetes:core/v1:Namespace Namespace/ed8k-shared",
      ],
    );
  });

  it("is refused with all faults of its settings before anybody is asked and anything is registered", async () => {
    const wrong = devConfig({ "ed8k:aws": { cidr: "10.8.0.0/16" }, "ed8k:msk": { brokers: 4 } });
    await assert.rejects(ownClusterProgram(wrong), { name: "UserError", message: /^config of dev: 2 faults:\n/ });
  });

  it("registers beside it what the cluster runs, through the kubeconfig of the cluster, and no credential", async () => {
    const config = devConfig();
    const platform = planPlatform(config);
    const { resources } = await registeredCluster(config, platform);
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    assert.deepEqual(
      objects.map(({ name }) => name).toSorted(),
      [...platform.map(({ id }) => id), "kube-system"].toSorted(),
    );
    const provider = resources.find(({ type }) => type === "pulumi:providers:kubernetes");
    const { kubeconfig, ...options } = provider?.inputs ?? {};
    assert.deepEqual(options, {
      enableConfigMapMutable: "true",
      enableSecretMutable: "true",
      upsertExistingObjects: "true",
      enablePatchForce: "true",
    });
    const { clusters, users } = JSON.parse(String(kubeconfig)) as Record<string, readonly Record<string, unknown>[]>;
    assert.deepEqual(clusters, [
      {
        name: "ed8k-dev",
        cluster: { server: "https://api.example.com", "certificate-authority-data": "Q0E=" },
      },
    ]);
    const [user] = users ?? [];
    assert.deepEqual(Object.keys(user?.["user"] ?? {}), ["exec"]);
    const { command, args } = (user?.["user"] as { readonly exec: Record<string, unknown> }).exec;
    assert.deepEqual(
      [command, args],
      ["aws", ["eks", "get-token", "--cluster-name", "ed8k-dev", "--region", "eu-west-1", "--output", "json"]],
    );
  });

  it("tells environments the facts of the cluster, and what is on AWS", async () => {
    const config = devConfig();
    const { output } = await registeredCluster(config, planPlatform(config));
    assert.deepEqual(parseFacts("dev", output), {
      ...FACTS,
      context: "ed8k-dev",
      domain: "dev.example.com",
      gateway: { namespace: "ed8k-gateway", name: "environments" },
      aws: {
        account: "111122223333",
        region: "eu-west-1",
        cluster: "ed8k-dev",
        endpoint: "https://api.example.com",
        certificateAuthority: "Q0E=",
        environmentsRole: "arn:aws:iam/role:Role:environments",
        mskCluster: "arn:aws:msk/cluster:Cluster:kafka",
        mskBootstrap: "b-1.example.com:9098",
        partitionBudget: 2400,
        datasets: "ed8k-dev-datasets-111122223333-eu-west-1",
        registry: "111122223333.dkr.ecr.eu-west-1.amazonaws.com",
      },
    });
  });

  it("tells no Gateway where the add-on is switched off", async () => {
    const config = devConfig({ "ed8k:addOns": { "envoy-gateway": false } });
    const { output } = await registeredCluster(config, planPlatform(config));
    assert.equal(parseFacts("dev", output).gateway, undefined);
  });

  it("tells no facts where the AWS parts are applied alone, and environments are refused", async () => {
    const { output } = await registeredWith({});
    assert.deepEqual(output, { name: "dev", platform: false });
    assert.throws(() => parseFacts("dev", output), {
      name: "UserError",
      message: "the cluster stack dev was applied without what runs in the cluster",
      hint: "from where its API server is reached: pulumi config set ed8k:platform true --stack dev, then pulumi up --stack dev",
    });
  });
});
