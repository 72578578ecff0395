import assert from "node:assert/strict";
import {
  type Cluster,
  CreateClusterCommand,
  type CreateClusterCommandInput,
  DeleteClusterCommand,
  DescribeClusterCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListClustersCommand,
  ListFargateProfilesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateClusterConfigCommand,
  UpdateClusterVersionCommand,
} from "@aws-sdk/client-eks";
import { BEGIN, EMULATED, OpenFront, refusal } from "../open-front.js";

describe("EKS in the sandbox: clusters", () => {
  let front: OpenFront;
  let eks: EKSClient;
  beforeEach(async () => {
    front = new OpenFront();
    await front.open();
    front.emulator.answerActions(EMULATED);
    eks = new EKSClient(front.client);
  });
  afterEach(async () => {
    eks.destroy();
    await front.close();
  });

  const input: CreateClusterCommandInput = {
    name: "ed8k-dev",
    version: "1.35",
    roleArn: "arn:aws:iam::111122223333:role/cluster",
    resourcesVpcConfig: {
      subnetIds: ["subnet-1", "subnet-2"],
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
    },
    accessConfig: { authenticationMode: "API" },
    upgradePolicy: { supportType: "STANDARD" },
    tags: { "ed8k:cluster": "dev" },
  };
  const make = async (change: object = {}): Promise<void> => {
    await eks.send(new CreateClusterCommand({ ...input, ...change }));
    front.settle();
  };
  const describeCluster = async (): Promise<Cluster | undefined> =>
    (await eks.send(new DescribeClusterCommand({ name: "ed8k-dev" }))).cluster;

  it("are made with a group of their own, and lead to the sandbox's API server once they are there", async () => {
    const made = await eks.send(new CreateClusterCommand(input));
    assert.equal(made.cluster?.status, "CREATING");
    const before = await describeCluster();
    assert.deepEqual(
      [before?.status, before?.endpoint, before?.certificateAuthority],
      ["CREATING", undefined, undefined],
    );
    front.settle();
    assert.deepEqual(await describeCluster(), {
      name: "ed8k-dev",
      arn: "arn:aws:eks:eu-west-1:111122223333:cluster/ed8k-dev",
      createdAt: new Date(BEGIN),
      version: "1.35",
      platformVersion: "eks.1",
      roleArn: input.roleArn,
      status: "ACTIVE",
      endpoint: "https://127.0.0.1:16443",
      certificateAuthority: { data: Buffer.from("the authority").toString("base64") },
      resourcesVpcConfig: {
        subnetIds: ["subnet-1", "subnet-2"],
        securityGroupIds: [],
        clusterSecurityGroupId: "sg-1",
        vpcId: "vpc-1",
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        publicAccessCidrs: [],
      },
      kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" },
      logging: {
        clusterLogging: [
          { types: ["api", "audit", "authenticator", "controllerManager", "scheduler"], enabled: false },
        ],
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      upgradePolicy: { supportType: "STANDARD" },
      deletionProtection: false,
      health: { issues: [] },
      tags: { "ed8k:cluster": "dev" },
    });
  });

  it("are refused as EKS refuses them", async () => {
    await make();
    for (const [change, expected] of [
      [{}, "ResourceInUseException: Cluster already exists with name: ed8k-dev"],
      [{ name: "a b" }, "InvalidParameterException: The cluster name a b must match ^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$"],
      [
        { name: "old", version: "1.20" },
        "InvalidParameterException: unsupported Kubernetes version 1.20; supported are 1.36, 1.35, 1.34",
      ],
      [{ name: "other", roleArn: "" }, "InvalidParameterException: roleArn can't be empty"],
    ] as const) {
      assert.equal(await refusal(make(change)), expected);
    }
    front.emulator.answerActions({
      DescribeSubnets: "<vpcId>vpc-1</vpcId><availabilityZone>eu-west-1a</availabilityZone>",
    });
    assert.equal(
      await refusal(make({ name: "other" })),
      "InvalidParameterException: Subnets specified must be in at least two different AZs",
    );
  });

  it("change one thing at a time, and are busy with it", async () => {
    await make();
    const started = await eks.send(
      new UpdateClusterConfigCommand({
        name: "ed8k-dev",
        logging: { clusterLogging: [{ types: ["audit"], enabled: true }] },
      }),
    );
    assert.deepEqual([started.update?.type, started.update?.status], ["LoggingUpdate", "InProgress"]);
    assert.equal(
      await refusal(eks.send(new UpdateClusterVersionCommand({ name: "ed8k-dev", version: "1.36" }))),
      "ResourceInUseException: Cannot change cluster ed8k-dev: its status is UPDATING",
    );
    front.settle();
    const { update } = await eks.send(new DescribeUpdateCommand({ name: "ed8k-dev", updateId: started.update?.id }));
    assert.equal(update?.status, "Successful");
    assert.deepEqual((await describeCluster())?.logging?.clusterLogging, [
      { types: ["audit"], enabled: true },
      { types: ["api", "authenticator", "controllerManager", "scheduler"], enabled: false },
    ]);
    const two = { upgradePolicy: { supportType: "EXTENDED" }, deletionProtection: true } as const;
    assert.equal(
      await refusal(eks.send(new UpdateClusterConfigCommand({ name: "ed8k-dev", ...two }))),
      "InvalidParameterException: Exactly one type of update must be given",
    );
    assert.equal(
      await refusal(
        eks.send(new UpdateClusterConfigCommand({ name: "ed8k-dev", zonalShiftConfig: { enabled: true } })),
      ),
      "UnsupportedOperation: the sandbox cannot change zonalShiftConfig of a cluster",
    );
  });

  it("stay in the zones that they were made in", async () => {
    await make();
    const zonesOf: Readonly<Record<string, string>> = { "subnet-3": "eu-west-1b", "subnet-4": "eu-west-1c" };
    front.emulator.answer(({ body }) => {
      const ids = [...new URLSearchParams(body)].flatMap(([name, id]) => (name.startsWith("SubnetId.") ? [id] : []));
      const zone = (id: string): string => zonesOf[id] ?? (id === "subnet-1" ? "eu-west-1a" : "eu-west-1b");
      return {
        body: `<vpcId>vpc-1</vpcId>${ids.map((id) => `<availabilityZone>${zone(id)}</availabilityZone>`).join("")}`,
      };
    });
    const to = async (...subnetIds: readonly string[]): Promise<string> =>
      refusal(
        eks.send(
          new UpdateClusterConfigCommand({ name: "ed8k-dev", resourcesVpcConfig: { subnetIds: [...subnetIds] } }),
        ),
      );
    assert.equal(
      await to("subnet-1", "subnet-2", "subnet-4"),
      "InvalidParameterException: Provided subnets must be in the VPC and in the availability zones that the cluster was made in: eu-west-1a, eu-west-1b",
    );
    assert.equal(await to("subnet-1", "subnet-3"), "not refused");
    assert.deepEqual((await describeCluster())?.resourcesVpcConfig?.subnetIds, ["subnet-1", "subnet-3"]);
  });

  it("go up one minor version at a time, and never down", async () => {
    await make({ version: "1.34" });
    const to = async (version: string): Promise<string> =>
      refusal(eks.send(new UpdateClusterVersionCommand({ name: "ed8k-dev", version })));
    const unsupported = "InvalidParameterException: Unsupported Kubernetes minor version update from";
    assert.equal(await to("1.36"), `${unsupported} 1.34 to 1.36`);
    assert.equal(await to("1.35"), "not refused");
    front.settle();
    assert.equal(await to("1.34"), `${unsupported} 1.35 to 1.34`);
    assert.equal((await describeCluster())?.version, "1.35");
  });

  it("are gone some time after they were removed, with their group", async () => {
    await make();
    await eks.send(new DeleteClusterCommand({ name: "ed8k-dev" }));
    assert.equal((await describeCluster())?.status, "DELETING");
    assert.deepEqual(front.emulator.actions.slice(-1), ["DeleteSecurityGroup"]);
    front.settle();
    assert.equal(await refusal(describeCluster()), "ResourceNotFoundException: No cluster found for name: ed8k-dev.");
    assert.deepEqual((await eks.send(new ListClustersCommand({}))).clusters, []);
  });

  it("keep what protects them, their tags, and all else over a restart of the front", async () => {
    await make({ deletionProtection: true });
    const resourceArn = "arn:aws:eks:eu-west-1:111122223333:cluster/ed8k-dev";
    await eks.send(new TagResourceCommand({ resourceArn, tags: { team: "payments" } }));
    await eks.send(new UntagResourceCommand({ resourceArn, tagKeys: ["ed8k:cluster"] }));
    await front.restart();
    eks = new EKSClient(front.client);
    const { tags } = await eks.send(new ListTagsForResourceCommand({ resourceArn }));
    assert.deepEqual(tags, { team: "payments" });
    assert.equal(
      await refusal(eks.send(new DeleteClusterCommand({ name: "ed8k-dev" }))),
      "InvalidRequestException: Cluster ed8k-dev has deletion protection",
    );
  });

  it("are listed page by page", async () => {
    for (const name of ["a", "b", "c"]) await make({ name });
    const first = await eks.send(new ListClustersCommand({ maxResults: 2 }));
    assert.deepEqual(first.clusters, ["a", "b"]);
    const second = await eks.send(new ListClustersCommand({ maxResults: 2, nextToken: first.nextToken }));
    assert.deepEqual([second.clusters, second.nextToken], [["c"], undefined]);
  });

  it("are not asked for anything that the sandbox does not know, nor in another region", async () => {
    const unknown = await refusal(eks.send(new ListFargateProfilesCommand({ clusterName: "ed8k-dev" })));
    assert.match(
      unknown,
      /^UnsupportedOperation: the sandbox has no GET \/clusters\/ed8k-dev\/fargate-profiles of eks; it has CreateCluster, /,
    );
    const elsewhere = new EKSClient({ ...front.client, region: "us-east-1" });
    assert.equal(
      await refusal(elsewhere.send(new ListClustersCommand({}))),
      "UnsupportedOperation: the sandbox has the region eu-west-1 alone, not us-east-1",
    );
    elsewhere.destroy();
  });
});
