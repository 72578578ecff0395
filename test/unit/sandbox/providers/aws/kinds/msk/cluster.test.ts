import assert from "node:assert/strict";
import { cluster } from "../../../../../../../sandbox/providers/aws/kinds/msk/cluster.js";
import { awsError } from "../../fake.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const ARN = "arn:aws:kafka:eu-west-1:111122223333:cluster/ed8k-dev/uuid-1";
const INPUTS = {
  clusterName: "ed8k-dev",
  kafkaVersion: "4.0.x.kraft",
  numberOfBrokerNodes: 3,
  brokerNodeGroupInfo: {
    instanceType: "kafka.m7g.large",
    clientSubnets: ["subnet-a", "subnet-b", "subnet-c"],
    securityGroups: ["sg-kafka"],
    storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
  },
  clientAuthentication: { sasl: { iam: true } },
  encryptionInfo: {
    encryptionAtRestKmsKeyArn: "arn:key",
    encryptionInTransit: { clientBroker: "TLS", inCluster: true },
  },
  configurationInfo: { arn: "arn:configuration", revision: 1 },
  enhancedMonitoring: "DEFAULT",
  tags: { "ed8k:cluster": "dev" },
};
const LIVE = {
  ClusterArn: ARN,
  ClusterName: "ed8k-dev",
  State: "ACTIVE",
  CurrentVersion: "K1",
  NumberOfBrokerNodes: 3,
  BrokerNodeGroupInfo: {
    InstanceType: "kafka.m7g.large",
    ClientSubnets: ["subnet-a", "subnet-b", "subnet-c"],
    SecurityGroups: ["sg-kafka"],
    StorageInfo: { EbsStorageInfo: { VolumeSize: 100 } },
  },
  ClientAuthentication: { Sasl: { Iam: { Enabled: true }, Scram: { Enabled: false } } },
  EncryptionInfo: {
    EncryptionAtRest: { DataVolumeKMSKeyId: "arn:key" },
    EncryptionInTransit: { ClientBroker: "TLS", InCluster: true },
  },
  CurrentBrokerSoftwareInfo: {
    KafkaVersion: "4.0.x.kraft",
    ConfigurationArn: "arn:configuration",
    ConfigurationRevision: 1,
  },
  EnhancedMonitoring: "DEFAULT",
  Tags: { "ed8k:cluster": "dev" },
};
const COMPLETE = { ClusterOperationInfo: { OperationState: "UPDATE_COMPLETE" } };

describe("the kind of MSK clusters", () => {
  it("asks for what the inputs say, in MSK's words", async () => {
    const fake = new FakeClients({ CreateCluster: { ClusterArn: ARN } });
    assert.equal(await cluster.create(INPUTS, await servicesOf(fake)), ARN);
    assert.deepEqual(fake.sent, [
      {
        operation: "CreateCluster",
        request: {
          ClusterName: "ed8k-dev",
          KafkaVersion: "4.0.x.kraft",
          NumberOfBrokerNodes: 3,
          BrokerNodeGroupInfo: LIVE.BrokerNodeGroupInfo,
          ClientAuthentication: LIVE.ClientAuthentication,
          EncryptionInfo: LIVE.EncryptionInfo,
          ConfigurationInfo: { Arn: "arn:configuration", Revision: 1 },
          EnhancedMonitoring: "DEFAULT",
          Tags: { "ed8k:cluster": "dev" },
        },
      },
    ]);
  });

  it("gives the brokers' addresses in an order of its own", async () => {
    const brokers = { BootstrapBrokerStringSaslIam: "b-2:9098,b-1:9098" };
    const fake = new FakeClients({ DescribeCluster: { ClusterInfo: LIVE }, GetBootstrapBrokers: brokers });
    const read = await cluster.read(ARN, await servicesOf(fake), {});
    assert.deepEqual(read?.["bootstrapBrokersSaslIam"], "b-1:9098,b-2:9098");
  });

  it("makes of each change a call of its own, with the version that the cluster has then", async () => {
    const grown = { ...LIVE, CurrentVersion: "K2" };
    const versions = [LIVE, LIVE, grown, grown, grown, grown, grown].map((ClusterInfo) => ({ ClusterInfo }));
    const fake = new FakeClients({
      DescribeCluster: versions,
      UpdateBrokerStorage: { ClusterOperationArn: "arn:operation/1" },
      UpdateClusterConfiguration: { ClusterOperationArn: "arn:operation/2" },
      DescribeClusterOperation: [{ ClusterOperationInfo: { OperationState: "UPDATE_IN_PROGRESS" } }, COMPLETE],
    });
    const brokerNodeGroupInfo = {
      ...INPUTS.brokerNodeGroupInfo,
      storageInfo: { ebsStorageInfo: { volumeSize: 200 } },
    };
    const inputs = { ...INPUTS, brokerNodeGroupInfo, configurationInfo: { arn: "arn:configuration", revision: 2 } };
    await cluster.update?.(ARN, { old: INPUTS, inputs }, await servicesOf(fake));
    assert.deepEqual(
      fake.sent.filter(({ operation }) => operation !== "DescribeCluster"),
      [
        {
          operation: "UpdateBrokerStorage",
          request: {
            ClusterArn: ARN,
            CurrentVersion: "K1",
            TargetBrokerEBSVolumeInfo: [{ KafkaBrokerNodeId: "All", VolumeSizeGB: 200 }],
          },
        },
        { operation: "DescribeClusterOperation", request: { ClusterOperationArn: "arn:operation/1" } },
        { operation: "DescribeClusterOperation", request: { ClusterOperationArn: "arn:operation/1" } },
        {
          operation: "UpdateClusterConfiguration",
          request: {
            ClusterArn: ARN,
            CurrentVersion: "K2",
            ConfigurationInfo: { Arn: "arn:configuration", Revision: 2 },
          },
        },
        { operation: "DescribeClusterOperation", request: { ClusterOperationArn: "arn:operation/2" } },
      ],
    );
  });

  it("takes the configuration along to a new version, and does not change it a second time", async () => {
    const upgraded = {
      ...LIVE,
      CurrentBrokerSoftwareInfo: {
        KafkaVersion: "4.1.x.kraft",
        ConfigurationArn: "arn:configuration",
        ConfigurationRevision: 2,
      },
    };
    const fake = new FakeClients({
      DescribeCluster: [LIVE, LIVE, LIVE, LIVE, LIVE, LIVE, upgraded].map((ClusterInfo) => ({ ClusterInfo })),
      DescribeClusterOperation: COMPLETE,
    });
    const configurationInfo = { arn: "arn:configuration", revision: 2 };
    const inputs = { ...INPUTS, kafkaVersion: "4.1.x.kraft", configurationInfo };
    await cluster.update?.(ARN, { old: INPUTS, inputs }, await servicesOf(fake));
    assert.deepEqual(fake.requests("UpdateClusterKafkaVersion"), [
      {
        ClusterArn: ARN,
        CurrentVersion: "K1",
        TargetKafkaVersion: "4.1.x.kraft",
        ConfigurationInfo: { Arn: "arn:configuration", Revision: 2 },
      },
    ]);
    assert.deepEqual(fake.requests("UpdateClusterConfiguration"), []);
  });

  it("says why MSK gave a change up", async () => {
    const fake = new FakeClients({
      DescribeCluster: { ClusterInfo: LIVE },
      DescribeClusterOperation: {
        ClusterOperationInfo: {
          OperationState: "UPDATE_FAILED",
          OperationType: "INCREASE_BROKER_COUNT",
          ErrorInfo: { ErrorCode: "INSUFFICIENT_ADDRESSES", ErrorString: "no free addresses" },
        },
      },
    });
    const change = { old: INPUTS, inputs: { ...INPUTS, numberOfBrokerNodes: 6 } };
    const update = cluster.update?.(ARN, change, await servicesOf(fake));
    await assert.rejects(async () => update, {
      message: "INCREASE_BROKER_COUNT of the cluster has failed: INSUFFICIENT_ADDRESSES no free addresses",
    });
  });

  it("takes over the cluster of an earlier try whose answer was lost, and no other", async () => {
    const taken = awsError("ConflictException", "A resource with this name already exists.");
    const listed = (Tags: object) =>
      new FakeClients({ CreateCluster: taken, ListClusters: { ClusterInfoList: [{ ...LIVE, Tags }] } });
    assert.equal(await cluster.create(INPUTS, await servicesOf(listed(LIVE.Tags))), ARN);
    await assert.rejects(cluster.create(INPUTS, await servicesOf(listed({ other: "1" }))), taken);
  });

  it("replaces what MSK cannot change: subnets, security groups, encryption at rest", () => {
    const replaced = Object.entries(cluster.inputs).filter(([, onChange]) => onChange === "replace");
    assert.deepEqual(
      replaced.map(([name]) => name),
      ["clusterName", "brokerNodeGroupInfo.clientSubnets", "brokerNodeGroupInfo.securityGroups", "encryptionInfo"],
    );
  });
});
