import type { ValueMap } from "../../../../sandbox/providers/plugin/values.js";
import type { MadeBy, Sample } from "../sample.js";

/** Brokers in two zones: in the subnet of the other samples, and in one of their own. */
const brokers = (made: MadeBy, changed: ValueMap = {}) => ({
  brokerNodeGroupInfo: {
    instanceType: "kafka.m7g.large",
    clientSubnets: [made("subnet").id, made("data-subnet").id],
    securityGroups: [made("group").id],
    storageInfo: { ebsStorageInfo: { volumeSize: 100 } },
    ...changed,
  },
});

export const samples: readonly Sample[] = [
  {
    name: "data-subnet",
    type: "aws:ec2/subnet:Subnet",
    inputs: (made) => ({ vpcId: made("vpc").id, cidrBlock: "10.64.224.0/24", availabilityZone: "eu-west-1b" }),
    changes: [],
  },
  {
    name: "kafka-configuration",
    type: "aws:msk/configuration:Configuration",
    inputs: () => ({
      name: "ed8k-sample",
      description: "A sample",
      kafkaVersions: ["4.0.x.kraft"],
      serverProperties: "auto.create.topics.enable = false\ndefault.replication.factor = 2\n",
    }),
    changes: [
      { inputs: () => ({ serverProperties: "auto.create.topics.enable = false\n" }), expect: "update" },
      { inputs: () => ({ description: "Another" }), expect: "update" },
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
  {
    name: "kafka",
    type: "aws:msk/cluster:Cluster",
    inputs: (made) => ({
      clusterName: "ed8k-sample",
      kafkaVersion: "4.0.x.kraft",
      numberOfBrokerNodes: 2,
      ...brokers(made),
      clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: made("key").outputs["arn"],
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      configurationInfo: { arn: made("kafka-configuration").id, revision: 1 },
      enhancedMonitoring: "DEFAULT",
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ numberOfBrokerNodes: 4 }), expect: "update" },
      {
        inputs: (made) => brokers(made, { storageInfo: { ebsStorageInfo: { volumeSize: 200 } } }),
        expect: "update",
      },
      {
        inputs: (made) =>
          brokers(made, {
            storageInfo: { ebsStorageInfo: { volumeSize: 300 } },
            instanceType: "kafka.m7g.xlarge",
          }),
        expect: "update",
      },
      {
        inputs: (made) => ({ configurationInfo: { arn: made("kafka-configuration").id, revision: 2 } }),
        expect: "update",
      },
      { inputs: () => ({ kafkaVersion: "4.1.x.kraft" }), expect: "update" },
      { inputs: () => ({ enhancedMonitoring: "PER_BROKER" }), expect: "update" },
      {
        inputs: () => ({ clientAuthentication: { sasl: { iam: true, scram: true }, unauthenticated: false } }),
        expect: "update",
      },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: (made) => brokers(made, { clientSubnets: [made("data-subnet").id] }), expect: "replace" },
      { inputs: (made) => brokers(made, { securityGroups: [] }), expect: "replace" },
      { inputs: () => ({ encryptionInfo: { encryptionInTransit: { inCluster: false } } }), expect: "replace" },
      { inputs: () => ({ clusterName: "ed8k-other" }), expect: "replace" },
    ],
  },
];
