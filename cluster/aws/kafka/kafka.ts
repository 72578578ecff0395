import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterName, clusterPartName } from "../../../naming.js";
import type { Network } from "../network/network.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";

export interface KafkaArgs {
  readonly plan: AwsPlan;
  readonly network: Network;
  /** The security group of nodes, and so of pods. */
  readonly nodeSecurityGroup: pulumi.Input<string>;
  readonly keyArn: pulumi.Input<string>;
}

/** Clients that sign in by IAM, over TLS. https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const IAM_PORT = 9098;

/** https://docs.aws.amazon.com/msk/latest/developerguide/msk-configuration-properties.html */
const PROPERTIES = {
  // A topic comes from a claim; a misspelt name must not make one.
  "auto.create.topics.enable": false,
  "delete.topic.enable": true,
  // Partitions times replicas are what the brokers' price is paid for.
  "num.partitions": 1,
  "default.replication.factor": 2,
  // One of the two replicas is enough to write on while AWS restarts the other's broker.
  "min.insync.replicas": 1,
};

/** The shared Kafka: Amazon MSK without ZooKeeper, for pods of the cluster alone. */
export class Kafka extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** `host:port` of the brokers, with commas between. */
  readonly bootstrap: pulumi.Output<string>;

  constructor(name: string, args: KafkaArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Kafka", name, {}, opts);
    const group = createSecurityGroup(args, { parent: this });
    const cluster = createCluster(args, group, { parent: this });
    this.arn = cluster.arn;
    this.bootstrap = cluster.bootstrapBrokersSaslIam;
    this.registerOutputs({});
  }
}

function createSecurityGroup(
  { plan, network, nodeSecurityGroup }: KafkaArgs,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const name = clusterPartName(plan.settings.name, "kafka");
  const group = new aws.ec2.SecurityGroup(
    "kafka",
    { vpcId: network.vpcId, name, description: "Who reaches Kafka", tags: clusterTags(plan.settings, name) },
    opts,
  );
  new aws.vpc.SecurityGroupIngressRule(
    "kafka-nodes",
    {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: IAM_PORT,
      toPort: IAM_PORT,
      referencedSecurityGroupId: nodeSecurityGroup,
      description: "Pods of the cluster",
      tags: clusterTags(plan.settings),
    },
    opts,
  );
  return group;
}

function createCluster(
  { plan, network, keyArn }: KafkaArgs,
  group: aws.ec2.SecurityGroup,
  opts: pulumi.CustomResourceOptions,
): aws.msk.Cluster {
  const { name, msk } = plan.settings;
  const configuration = new aws.msk.Configuration(
    "kafka",
    {
      // For all versions of Kafka: an upgrade keeps it.
      name: clusterName(name),
      description: `Kafka of ED8K's cluster ${name}`,
      serverProperties: Object.entries(PROPERTIES)
        .map(([property, value]) => `${property}=${String(value)}\n`)
        .join(""),
    },
    opts,
  );
  return new aws.msk.Cluster(
    "kafka",
    {
      clusterName: clusterName(name),
      kafkaVersion: msk.version,
      numberOfBrokerNodes: msk.brokers,
      brokerNodeGroupInfo: {
        instanceType: msk.instanceType,
        clientSubnets: network.dataSubnetIds,
        securityGroups: [group.id],
        storageInfo: { ebsStorageInfo: { volumeSize: msk.storageGib } },
      },
      clientAuthentication: { sasl: { iam: true }, unauthenticated: false },
      encryptionInfo: {
        encryptionAtRestKmsKeyArn: keyArn,
        encryptionInTransit: { clientBroker: "TLS", inCluster: true },
      },
      configurationInfo: { arn: configuration.arn, revision: configuration.latestRevision },
      tags: clusterTags(plan.settings),
    },
    // Kafka stays in the zones that it was made in, which MSK cannot change, when the cluster gets one more.
    { ...opts, protect: true, ignoreChanges: ["brokerNodeGroupInfo.clientSubnets"] },
  );
}
