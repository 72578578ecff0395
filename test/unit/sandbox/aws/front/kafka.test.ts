import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  CreateClusterV2Command,
  CreateConfigurationCommand,
  DescribeClusterOperationCommand,
  DescribeClusterV2Command,
  GetBootstrapBrokersCommand,
  GetCompatibleKafkaVersionsCommand,
  type KafkaClient,
  ListClustersV2Command,
  ListNodesCommand,
  ListScramSecretsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateBrokerCountCommand,
  UpdateBrokerStorageCommand,
  UpdateBrokerTypeCommand,
  UpdateClusterConfigurationCommand,
  UpdateClusterKafkaVersionCommand,
  UpdateMonitoringCommand,
  UpdateSecurityCommand,
} from "@aws-sdk/client-kafka";
import { type OpenFront, refusal } from "../open-front.js";
import { CLUSTER, OpenKafka } from "./open-kafka.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe("MSK in the sandbox", () => {
  let open: OpenKafka;
  let front: OpenFront;
  let kafka: KafkaClient;
  beforeEach(async () => {
    open = new OpenKafka();
    front = open.front;
    await front.open();
    kafka = open.client;
  });
  afterEach(() => open.close());

  it("makes clusters that have brokers in each subnet, and names for them", async () => {
    const made = await kafka.send(new CreateClusterCommand(CLUSTER));
    assert.equal(made.State, "CREATING");
    const ClusterArn = made.ClusterArn ?? "";
    assert.equal(
      await refusal(kafka.send(new GetBootstrapBrokersCommand({ ClusterArn }))),
      "BadRequestException: You can't perform this operation on cluster ed8k-dev in state CREATING",
    );
    front.settle();
    const { NumberOfBrokerNodes, State, CurrentBrokerSoftwareInfo } = (await open.describe(ClusterArn)) ?? {};
    assert.deepEqual(
      [NumberOfBrokerNodes, State, CurrentBrokerSoftwareInfo],
      [3, "ACTIVE", { KafkaVersion: "4.0.x.kraft" }],
    );
    const { BootstrapBrokerStringSaslIam = "", ...others } = await kafka.send(
      new GetBootstrapBrokersCommand({ ClusterArn }),
    );
    assert.match(
      BootstrapBrokerStringSaslIam,
      /^b-1\.ed8kdev\.[0-9a-f]{6}\.c2\.kafka\.eu-west-1\.amazonaws\.com:9098,b-2\./,
    );
    assert.deepEqual(Object.keys(others), ["$metadata"]);
    const { NodeInfoList } = await kafka.send(new ListNodesCommand({ ClusterArn }));
    assert.deepEqual(
      NodeInfoList?.map(({ BrokerNodeInfo }) => [BrokerNodeInfo?.BrokerId, BrokerNodeInfo?.ClientSubnet]),
      [
        [1, "subnet-1"],
        [2, "subnet-2"],
        [3, "subnet-3"],
      ],
    );
  });

  it("shows the same cluster in both versions of the API", async () => {
    const { ClusterName, Tags, KafkaVersion, ...Provisioned } = CLUSTER;
    const made = await kafka.send(
      new CreateClusterV2Command({ ClusterName, Tags, Provisioned: { ...Provisioned, KafkaVersion } }),
    );
    front.settle();
    const ClusterArn = made.ClusterArn ?? "";
    const { ClusterInfo } = await kafka.send(new DescribeClusterV2Command({ ClusterArn }));
    assert.deepEqual(
      [ClusterInfo?.ClusterType, ClusterInfo?.Provisioned?.NumberOfBrokerNodes, ClusterInfo?.Tags],
      ["PROVISIONED", 3, Tags],
    );
    assert.equal((await open.describe(ClusterArn))?.BrokerNodeGroupInfo?.InstanceType, "kafka.m7g.large");
    const listed = async (ClusterNameFilter: string) =>
      (await kafka.send(new ListClustersV2Command({ ClusterNameFilter }))).ClusterInfoList?.length;
    assert.deepEqual([await listed("ed8k"), await listed("other")], [1, 0]);
    const serverless = new CreateClusterV2Command({ ClusterName: "s", Serverless: { VpcConfigs: [] } });
    assert.match(await refusal(kafka.send(serverless)), /^UnsupportedOperation: .* no serverless clusters/);
  });

  it("refuses what MSK refuses", async () => {
    await open.make();
    for (const [change, expected] of [
      [{}, "ConflictException: A resource with this name already exists."],
      [{ ClusterName: "a_b" }, "BadRequestException: The cluster name a_b isn't valid"],
      [
        { ClusterName: "b", NumberOfBrokerNodes: 4 },
        "BadRequestException: The number of broker nodes must be a multiple of Availability Zones: 4 brokers, 3 client subnets",
      ],
      [
        { ClusterName: "b", KafkaVersion: "3.5.1" },
        "BadRequestException: Unsupported KafkaVersion [3.5.1]. Valid values: 3.7.x.kraft, 3.8.x.kraft, 3.9.x.kraft, 4.0.x.kraft, 4.1.x.kraft",
      ],
      [
        { ClusterName: "b", ConfigurationInfo: { Arn: "arn:x", Revision: 1 } },
        "BadRequestException: The configuration arn:x has no revision 1",
      ],
    ] as const) {
      assert.equal(await refusal(open.make(change)), expected);
    }
    assert.match(await refusal(open.describe("arn:none")), /^NotFoundException: /);
    const unknown = refusal(kafka.send(new ListScramSecretsCommand({ ClusterArn: "arn:none" })));
    assert.match(
      await unknown,
      /^UnsupportedOperation: the sandbox has no GET \/v1\/clusters\/arn%3Anone\/scram-secrets of kafka; /,
    );
  });

  it("changes one thing by each call, for whoever knows the cluster's current version", async () => {
    const ClusterArn = await open.make();
    const info = await open.describe(ClusterArn);
    const stale = new UpdateBrokerCountCommand({ ClusterArn, CurrentVersion: "K1", TargetNumberOfBrokerNodes: 6 });
    assert.equal(
      await refusal(kafka.send(stale)),
      `BadRequestException: The cluster's current version is ${info?.CurrentVersion ?? ""}, not K1`,
    );
    const { Arn } = await kafka.send(new CreateConfigurationCommand({ Name: "c", ServerProperties: text("a=1") }));
    const volumes = (VolumeSizeGB: number) => [{ KafkaBrokerNodeId: "All", VolumeSizeGB }];
    const changes = [
      (of: Current) => kafka.send(new UpdateBrokerCountCommand({ ...of, TargetNumberOfBrokerNodes: 6 })),
      (of: Current) => kafka.send(new UpdateBrokerStorageCommand({ ...of, TargetBrokerEBSVolumeInfo: volumes(200) })),
      (of: Current) => kafka.send(new UpdateBrokerTypeCommand({ ...of, TargetInstanceType: "kafka.m7g.xlarge" })),
      (of: Current) => kafka.send(new UpdateClusterKafkaVersionCommand({ ...of, TargetKafkaVersion: "4.1.x.kraft" })),
      (of: Current) =>
        kafka.send(new UpdateClusterConfigurationCommand({ ...of, ConfigurationInfo: { Arn, Revision: 1 } })),
      (of: Current) => kafka.send(new UpdateMonitoringCommand({ ...of, EnhancedMonitoring: "PER_BROKER" })),
      (of: Current) =>
        kafka.send(new UpdateSecurityCommand({ ...of, ClientAuthentication: { Tls: { Enabled: true } } })),
    ];
    for (const change of changes) {
      const { CurrentVersion } = (await open.describe(ClusterArn)) ?? {};
      const { ClusterOperationArn } = await change({ ClusterArn, CurrentVersion });
      const operation = async () =>
        (await kafka.send(new DescribeClusterOperationCommand({ ClusterOperationArn }))).ClusterOperationInfo;
      assert.equal((await operation())?.OperationState, "UPDATE_IN_PROGRESS");
      front.settle();
      assert.equal((await operation())?.OperationState, "UPDATE_COMPLETE");
    }
    const after = await open.describe(ClusterArn);
    assert.deepEqual(
      [
        after?.NumberOfBrokerNodes,
        after?.BrokerNodeGroupInfo?.StorageInfo?.EbsStorageInfo?.VolumeSize,
        after?.BrokerNodeGroupInfo?.InstanceType,
        after?.CurrentBrokerSoftwareInfo,
        after?.EnhancedMonitoring,
        after?.ClientAuthentication,
      ],
      [
        6,
        200,
        "kafka.m7g.xlarge",
        { ConfigurationArn: Arn, ConfigurationRevision: 1, KafkaVersion: "4.1.x.kraft" },
        "PER_BROKER",
        { Tls: { Enabled: true } },
      ],
    );
  });

  it("keeps whether brokers encrypt among themselves when clients' encryption changes", async () => {
    const EncryptionInfo = { EncryptionInTransit: { ClientBroker: "TLS_PLAINTEXT", InCluster: true } } as const;
    const ClusterArn = await open.make({ EncryptionInfo });
    const { CurrentVersion } = (await open.describe(ClusterArn)) ?? {};
    const change = { EncryptionInTransit: { ClientBroker: "TLS" } } as const;
    await kafka.send(new UpdateSecurityCommand({ ClusterArn, CurrentVersion, EncryptionInfo: change }));
    const after = await open.describe(ClusterArn);
    assert.deepEqual(after?.EncryptionInfo?.EncryptionInTransit, { ClientBroker: "TLS", InCluster: true });
  });

  interface Current {
    readonly ClusterArn: string;
    readonly CurrentVersion: string | undefined;
  }

  it("knows what cannot be undone: smaller volumes, older versions", async () => {
    const ClusterArn = await open.make();
    const { CurrentVersion } = (await open.describe(ClusterArn)) ?? {};
    const of = { ClusterArn, CurrentVersion };
    const smaller = [{ KafkaBrokerNodeId: "All", VolumeSizeGB: 50 }];
    assert.equal(
      await refusal(kafka.send(new UpdateBrokerStorageCommand({ ...of, TargetBrokerEBSVolumeInfo: smaller }))),
      "BadRequestException: The volume size must grow: it is 100 GiB, 50 were asked for",
    );
    assert.equal(
      await refusal(kafka.send(new UpdateClusterKafkaVersionCommand({ ...of, TargetKafkaVersion: "3.9.x.kraft" }))),
      "BadRequestException: Upgrading from Kafka version 4.0.x.kraft to 3.9.x.kraft isn't supported",
    );
    const { CompatibleKafkaVersions } = await kafka.send(new GetCompatibleKafkaVersionsCommand({ ClusterArn }));
    assert.deepEqual(CompatibleKafkaVersions, [{ SourceVersion: "4.0.x.kraft", TargetVersions: ["4.1.x.kraft"] }]);
  });

  it("tags clusters, and keeps everything over a restart of the front", async () => {
    const ResourceArn = await open.make();
    await kafka.send(new TagResourceCommand({ ResourceArn, Tags: { team: "payments" } }));
    await kafka.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["ed8k:cluster"] }));
    await open.restart();
    const { Tags } = await open.client.send(new ListTagsForResourceCommand({ ResourceArn }));
    assert.deepEqual(Tags, { team: "payments" });
  });
});
