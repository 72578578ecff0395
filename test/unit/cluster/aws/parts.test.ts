import assert from "node:assert/strict";
import { inputsOf, KEY, TAGS } from "./inputs-of.js";
import { registeredWith } from "./registered.js";

describe("the AWS parts of Pulumi.dev.yaml beside EKS, in detail", () => {
  it("are made in the account and region of the settings alone [row 103]", async () => {
    const { region, allowedAccountIds } = await inputsOf("pulumi:providers:aws", "aws");
    assert.deepEqual([region, allowedAccountIds], ["eu-west-1", '["111122223333"]']);
  });

  it("are in a VPC of their own, in which the API server's name is known [row 103]", async () => {
    assert.deepEqual(await inputsOf("aws:ec2/vpc:Vpc", "vpc"), {
      cidrBlock: "10.64.0.0/16",
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { ...TAGS, Name: "ed8k-dev-vpc" },
    });
  });

  it("give pods addresses by prefixes, and keep environments apart", async () => {
    const { configurationValues } = await inputsOf("aws:eks/addon:Addon", "vpc-cni");
    assert.deepEqual(JSON.parse(String(configurationValues)), {
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
    assert.deepEqual(await inputsOf("aws:ec2/subnetCidrReservation:SubnetCidrReservation", "pods-eu-west-1a"), {
      subnetId: "private-eu-west-1a-id",
      cidrBlock: "10.64.16.0/20",
      reservationType: "prefix",
      description: "Addresses of pods",
    });
  });

  it("are one Kafka for all, which only nodes and their pods reach, by IAM and TLS [row 61]", async () => {
    assert.deepEqual(await inputsOf("aws:msk/cluster:Cluster", "kafka"), {
      clusterName: "ed8k-dev",
      kafkaVersion: "4.1.x.kraft",
      numberOfBrokerNodes: 3,
      brokerNodeGroupInfo: {
        instanceType: "kafka.m7g.large",
        clientSubnets: ["data-eu-west-1a-id", "data-eu-west-1b-id", "data-eu-west-1c-id"],
        securityGroups: ["kafka-id"],
        storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
      },
      clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: KEY,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      configurationInfo: { arn: "arn:aws:msk/configuration:Configuration:kafka", revision: 1 },
      tags: TAGS,
    });
    assert.deepEqual(await inputsOf("aws:msk/configuration:Configuration", "kafka"), {
      name: "ed8k-dev",
      description: "Kafka of ED8K's cluster dev",
      serverProperties:
        "auto.create.topics.enable=false\ndelete.topic.enable=true\nnum.partitions=1\ndefault.replication.factor=2\nmin.insync.replicas=1\n",
    });
    assert.deepEqual(await inputsOf("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "kafka-nodes"), {
      securityGroupId: "kafka-id",
      ipProtocol: "tcp",
      fromPort: 9098,
      toPort: 9098,
      referencedSecurityGroupId: "sg-nodes",
      description: "Pods of the cluster",
      tags: TAGS,
    });
  });

  it("change with the settings what those are about", async () => {
    const change = {
      "ed8k:eks": { version: "1.35", maxNodes: 20, system: { nodes: 3, instanceType: "m7i.large" } },
      "ed8k:msk": { brokers: 6, storageGib: 200 },
    };
    const nodes = await inputsOf("aws:eks/nodeGroup:NodeGroup", "system", change);
    assert.deepEqual(
      [nodes["version"], nodes["instanceTypes"], nodes["scalingConfig"]],
      ["1.35", ["m7i.large"], { minSize: 3, desiredSize: 3, maxSize: 3 }],
    );
    const kafka = await inputsOf("aws:msk/cluster:Cluster", "kafka", change);
    const { storageInfo } = kafka["brokerNodeGroupInfo"] as Readonly<Record<string, unknown>>;
    assert.deepEqual([kafka["numberOfBrokerNodes"], storageInfo], [6, { ebsStorageInfo: { volumeSize: 200 } }]);
  });

  it("lead out by one NAT gateway, by each zone's own, or by a regional one", async () => {
    const ways = async (nat: string): Promise<readonly unknown[]> => {
      const { resources } = await registeredWith({ "ed8k:aws": { nat } });
      const routes = resources.filter(({ type, name }) => type === "aws:ec2/route:Route" && name !== "public");
      return routes.map(({ inputs }) => inputs["natGatewayId"]);
    };
    assert.deepEqual(await ways("single"), ["nat-eu-west-1a-id", "nat-eu-west-1a-id", "nat-eu-west-1a-id"]);
    assert.deepEqual(await ways("perZone"), ["nat-eu-west-1a-id", "nat-eu-west-1b-id", "nat-eu-west-1c-id"]);
    assert.deepEqual(await ways("regional"), ["nat-id", "nat-id", "nat-id"]);
    const { tags: _, ...regional } = await inputsOf("aws:ec2/natGateway:NatGateway", "nat", {
      "ed8k:aws": { nat: "regional" },
    });
    assert.deepEqual(regional, { vpcId: "vpc-id", availabilityMode: "regional", connectivityType: "public" });
  });

  it("tell the budget's addresses at 80 %, at 100 % and when it is going to be more", async () => {
    const { notifications, limitAmount } = await inputsOf("aws:budgets/budget:Budget", "budget");
    const common = {
      comparisonOperator: "GREATER_THAN",
      thresholdType: "PERCENTAGE",
      subscriberEmailAddresses: ["dxp@example.com"],
    };
    assert.equal(limitAmount, "10000");
    assert.deepEqual(notifications, [
      { notificationType: "ACTUAL", threshold: 80, ...common },
      { notificationType: "ACTUAL", threshold: 100, ...common },
      { notificationType: "FORECASTED", threshold: 100, ...common },
    ]);
    const quiet = await inputsOf("aws:budgets/budget:Budget", "budget", { "ed8k:budget": { emails: [] } });
    assert.deepEqual(quiet["notifications"], []);
  });

  it("keep images that mean one thing for good, and layers that are written over", async () => {
    const repository = (name: string) => inputsOf("aws:ecr/repository:Repository", name);
    const common = {
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: KEY }],
      tags: TAGS,
    };
    assert.deepEqual(await repository("bos"), {
      name: "ed8k-dev/bos",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      forceDelete: true,
      ...common,
    });
    assert.deepEqual(await repository("cache"), {
      name: "ed8k-dev/cache",
      imageTagMutability: "MUTABLE",
      imageScanningConfiguration: { scanOnPush: false },
      forceDelete: true,
      ...common,
    });
    const rules = async (name: string): Promise<unknown> => {
      const { policy } = await inputsOf("aws:ecr/lifecyclePolicy:LifecyclePolicy", name);
      const parsed = JSON.parse(String(policy)) as { readonly rules: readonly { readonly selection: unknown }[] };
      return parsed.rules.map(({ selection }) => selection);
    };
    const age = (days: number) => ({ countType: "sinceImagePushed", countUnit: "days", countNumber: days });
    assert.deepEqual(await rules("bos"), [
      { tagStatus: "tagged", tagPrefixList: ["dev-"], ...age(7) },
      { tagStatus: "untagged", ...age(1) },
    ]);
    assert.deepEqual(await rules("cache"), [{ tagStatus: "any", ...age(14) }]);
  });
});
