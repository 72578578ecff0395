import assert from "node:assert/strict";
import { cluster } from "../../../../../../../sandbox/providers/aws/kinds/eks/cluster.js";
import { awsError } from "../../fake.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const INPUTS = {
  name: "ed8k-dev",
  roleArn: "arn:aws:iam::111122223333:role/eks",
  version: "1.35",
  vpcConfig: {
    subnetIds: ["subnet-a", "subnet-b"],
    securityGroupIds: ["sg-api"],
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
  },
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
  bootstrapSelfManagedAddons: true,
  enabledClusterLogTypes: ["api", "audit"],
  encryptionConfig: { provider: { keyArn: "arn:key" }, resources: ["secrets"] },
  upgradePolicy: { supportType: "STANDARD" },
  tags: { "ed8k:cluster": "dev" },
};

/** What EKS says of a cluster with these inputs. */
const LIVE = {
  name: "ed8k-dev",
  arn: "arn:aws:eks:eu-west-1:111122223333:cluster/ed8k-dev",
  status: "ACTIVE",
  roleArn: INPUTS.roleArn,
  version: "1.35",
  endpoint: "https://127.0.0.1:6443",
  certificateAuthority: { data: "UEVN" },
  platformVersion: "eks.1",
  createdAt: new Date("2026-11-25T00:00:00Z"),
  resourcesVpcConfig: {
    ...INPUTS.vpcConfig,
    vpcId: "vpc-1",
    clusterSecurityGroupId: "sg-nodes",
    publicAccessCidrs: [],
  },
  accessConfig: INPUTS.accessConfig,
  logging: {
    clusterLogging: [
      { types: ["api", "audit"], enabled: true },
      { types: ["authenticator", "controllerManager", "scheduler"], enabled: false },
    ],
  },
  encryptionConfig: [{ provider: { keyArn: "arn:key" }, resources: ["secrets"] }],
  upgradePolicy: INPUTS.upgradePolicy,
  kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" },
  deletionProtection: false,
  tags: INPUTS.tags,
};

const STARTED = { update: { id: "update-1", type: "ConfigUpdate" } };
const DONE = { update: { status: "Successful" } };

describe("the kind of EKS clusters", () => {
  it("asks for what the inputs say, in EKS' words", async () => {
    const fake = new FakeClients({});
    assert.equal(await cluster.create(INPUTS, await servicesOf(fake)), "ed8k-dev");
    const { vpcConfig, enabledClusterLogTypes, encryptionConfig, ...same } = INPUTS;
    assert.deepEqual(fake.sent, [
      {
        operation: "CreateCluster",
        request: {
          ...same,
          resourcesVpcConfig: vpcConfig,
          encryptionConfig: [encryptionConfig],
          logging: {
            clusterLogging: [
              { types: enabledClusterLogTypes, enabled: true },
              { types: ["authenticator", "controllerManager", "scheduler"], enabled: false },
            ],
          },
        },
      },
    ]);
  });

  it("reads back what it was asked for, and what EKS adds", async () => {
    const fake = new FakeClients({ DescribeCluster: { cluster: LIVE } });
    assert.deepEqual(await cluster.read("ed8k-dev", await servicesOf(fake), {}), {
      ...INPUTS,
      vpcConfig: LIVE.resourcesVpcConfig,
      kubernetesNetworkConfig: LIVE.kubernetesNetworkConfig,
      deletionProtection: false,
      arn: LIVE.arn,
      endpoint: LIVE.endpoint,
      certificateAuthority: { data: "UEVN" },
      createdAt: "2026-11-25T00:00:00.000Z",
      identities: [{ oidcs: [] }],
      platformVersion: "eks.1",
      status: "ACTIVE",
    });
  });

  it("changes one thing at a time, and waits for each", async () => {
    const fake = new FakeClients({
      DescribeCluster: { cluster: LIVE },
      UpdateClusterVersion: STARTED,
      UpdateClusterConfig: STARTED,
      DescribeUpdate: [{ update: { status: "InProgress" } }, DONE],
    });
    const inputs = {
      ...INPUTS,
      version: "1.36",
      enabledClusterLogTypes: ["audit"],
      vpcConfig: { ...INPUTS.vpcConfig, endpointPublicAccess: true },
      tags: { "ed8k:cluster": "prod" },
    };
    await cluster.update?.("ed8k-dev", { old: INPUTS, inputs }, await servicesOf(fake));
    assert.deepEqual(fake.operations, [
      "DescribeCluster",
      "UpdateClusterVersion",
      "DescribeUpdate",
      "DescribeUpdate",
      "UpdateClusterConfig",
      "DescribeUpdate",
      "UpdateClusterConfig",
      "DescribeUpdate",
      "TagResource",
    ]);
    assert.deepEqual(fake.requests("UpdateClusterVersion"), [{ name: "ed8k-dev", version: "1.36" }]);
    const off = ["api", "authenticator", "controllerManager", "scheduler"];
    assert.deepEqual(fake.requests("UpdateClusterConfig"), [
      {
        name: "ed8k-dev",
        logging: {
          clusterLogging: [
            { types: ["audit"], enabled: true },
            { types: off, enabled: false },
          ],
        },
      },
      { name: "ed8k-dev", resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: true } },
    ]);
    assert.deepEqual(fake.requests("TagResource"), [{ resourceArn: LIVE.arn, tags: { "ed8k:cluster": "prod" } }]);
  });

  it("does not ask again for what an earlier try has changed: EKS would refuse that", async () => {
    const fake = new FakeClients({ DescribeCluster: { cluster: { ...LIVE, version: "1.36" } } });
    const inputs = { ...INPUTS, version: "1.36" };
    await cluster.update?.("ed8k-dev", { old: INPUTS, inputs }, await servicesOf(fake));
    assert.deepEqual(fake.operations, ["DescribeCluster"]);
  });

  it("says why EKS gave a change up", async () => {
    const errors = [{ errorCode: "InsufficientFreeAddresses", errorMessage: "no free addresses" }];
    const fake = new FakeClients({
      DescribeCluster: { cluster: LIVE },
      UpdateClusterVersion: { update: { id: "update-1", type: "VersionUpdate" } },
      DescribeUpdate: { update: { status: "Failed", errors } },
    });
    const change = { old: INPUTS, inputs: { ...INPUTS, version: "1.36" } };
    const update = cluster.update?.("ed8k-dev", change, await servicesOf(fake));
    await assert.rejects(async () => update, {
      message: "VersionUpdate of ed8k-dev has ended as Failed: InsufficientFreeAddresses no free addresses",
    });
  });

  it("is usable once it is ACTIVE, and not at all when it has failed", async () => {
    const states = (...all: object[]) => new FakeClients({ DescribeCluster: all.map((one) => ({ cluster: one })) });
    const comes = states({ status: "CREATING" }, { status: "ACTIVE" });
    await cluster.settle?.("ed8k-dev", await servicesOf(comes), INPUTS);
    assert.deepEqual(comes.operations, ["DescribeCluster", "DescribeCluster"]);
    const health = { issues: [{ code: "Ec2SubnetNotFound", message: "subnet-a is gone" }] };
    const settle = cluster.settle?.("ed8k-dev", await servicesOf(states({ status: "FAILED", health })), INPUTS);
    await assert.rejects(async () => settle, { message: "It has failed: Ec2SubnetNotFound subnet-a is gone" });
  });

  it("takes over the cluster of an earlier try whose answer was lost, and no other", async () => {
    const taken = awsError("ResourceInUseException", "Cluster already exists with name: ed8k-dev");
    const own = new FakeClients({ CreateCluster: taken, DescribeCluster: { cluster: LIVE } });
    assert.equal(await cluster.create(INPUTS, await servicesOf(own)), "ed8k-dev");
    const foreign = new FakeClients({ CreateCluster: taken, DescribeCluster: { cluster: { ...LIVE, tags: {} } } });
    await assert.rejects(cluster.create(INPUTS, await servicesOf(foreign)), taken);
  });

  it("refuses by name what it does not have inside an input", async () => {
    const inputs = { ...INPUTS, upgradePolicy: { supportType: "STANDARD", other: 1 } };
    const fake = new FakeClients({});
    await assert.rejects(cluster.create(inputs, await servicesOf(fake)), {
      message: "upgradePolicy.other is not supported by the sandbox; supported are supportType",
    });
    assert.deepEqual(fake.sent, []);
  });

  it("goes when its node groups are gone, and is waited for", async () => {
    const inUse = awsError("ResourceInUseException", "Cluster has nodegroups attached");
    const gone = awsError("ResourceNotFoundException", "No cluster found for name: ed8k-dev.");
    const fake = new FakeClients({
      DeleteCluster: [inUse, {}],
      DescribeCluster: [{ cluster: { ...LIVE, status: "DELETING" } }, gone],
    });
    await cluster.delete("ed8k-dev", await servicesOf(fake), {});
    assert.deepEqual(fake.operations, ["DeleteCluster", "DeleteCluster", "DescribeCluster", "DescribeCluster"]);
  });
});
