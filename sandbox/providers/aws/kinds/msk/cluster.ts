import {
  type ClusterInfo,
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClusterCommand,
  GetBootstrapBrokersCommand,
  paginateListClusters,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-kafka";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { retryOn, unless, until } from "../../wait.js";
import { given } from "../known.js";
import { createOnce } from "../once.js";
import { tagChanges, tagsOf } from "../tags.js";
import { changeCluster, toConfiguration } from "./changes.js";
import { type ClusterInputs, fromCluster, toAuthentication, toBrokers, toEncryption } from "./shapes.js";

/** AWS needs half an hour and more. */
const CLUSTER_SECONDS = 2 * 60 * 60;
/** For a change that is under way when it is to be deleted. */
const BUSY_SECONDS = 15 * 60;

/** A Kafka cluster with brokers of its own; its id is its ARN. */
export const cluster: AwsKind = {
  type: "aws:msk/cluster:Cluster",
  inputs: {
    clusterName: "replace",
    kafkaVersion: "update",
    numberOfBrokerNodes: "update",
    brokerNodeGroupInfo: "update",
    "brokerNodeGroupInfo.clientSubnets": "replace",
    "brokerNodeGroupInfo.securityGroups": "replace",
    clientAuthentication: "update",
    encryptionInfo: "replace",
    "encryptionInfo.encryptionInTransit.clientBroker": "update",
    configurationInfo: "update",
    enhancedMonitoring: "update",
    tags: "update",
  },
  required: ["clusterName", "kafkaVersion", "numberOfBrokerNodes", "brokerNodeGroupInfo"],
  defaults: { enhancedMonitoring: "DEFAULT" },
  computed: ["arn", "bootstrapBrokersSaslIam", "clusterUuid", "currentVersion"],
  deleteBeforeReplace: true,
  create,
  settle: async (id, clients) => {
    const wait = { what: `Kafka cluster ${id} to be ACTIVE`, seconds: CLUSTER_SECONDS, signal: clients.signal };
    await until(wait, async () => {
      const found = await describe(id, clients);
      if (found?.State !== "FAILED") return found?.State === "ACTIVE" ? true : undefined;
      throw new UserError(`It has failed: ${found.StateInfo?.Message ?? "AWS says no more"}`);
    });
  },
  read,
  update: async (arn, { old, inputs }, clients) => {
    const live = async () => {
      const found = await describe(arn, clients);
      if (found === undefined) throw new UserError(`Kafka cluster ${arn} is gone`);
      return { inputs: fromCluster(found) as unknown as ClusterInputs, version: found.CurrentVersion ?? "" };
    };
    await changeCluster({ arn, live, inputs: inputs as unknown as ClusterInputs }, clients);
    const kafka = await clients.kafka();
    const { set, removed } = tagChanges(old, inputs);
    if (removed.length > 0) await kafka.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await kafka.send(new TagResourceCommand({ ResourceArn: arn, Tags: set }));
  },
  delete: async (ClusterArn, clients) => {
    const kafka = await clients.kafka();
    const wait = { what: `Kafka cluster ${ClusterArn} to be gone`, signal: clients.signal };
    const attempt = () => kafka.send(new DeleteClusterCommand({ ClusterArn }));
    const busy = { ...wait, seconds: BUSY_SECONDS };
    await unless(["NotFoundException"], () => retryOn(["BadRequestException"], busy, attempt));
    await until({ ...wait, seconds: CLUSTER_SECONDS }, async () =>
      (await describe(ClusterArn, clients)) === undefined ? true : undefined,
    );
  },
};

async function create(inputs: Data, clients: AwsClients): Promise<string> {
  const wanted = inputs as unknown as ClusterInputs;
  const kafka = await clients.kafka();
  const command = new CreateClusterCommand({
    ClusterName: wanted.clusterName,
    KafkaVersion: wanted.kafkaVersion,
    NumberOfBrokerNodes: wanted.numberOfBrokerNodes,
    BrokerNodeGroupInfo: toBrokers(wanted.brokerNodeGroupInfo),
    ...given({
      ClientAuthentication: toAuthentication(wanted.clientAuthentication),
      EncryptionInfo: toEncryption(wanted.encryptionInfo),
      ConfigurationInfo: toConfiguration(wanted.configurationInfo),
      EnhancedMonitoring: wanted.enhancedMonitoring,
    }),
    Tags: tagsOf(inputs),
  });
  return createOnce({
    taken: ["ConflictException"],
    inputs: { clusterName: wanted.clusterName, tags: tagsOf(inputs) },
    make: async () => (await kafka.send(command)).ClusterArn ?? "",
    find: async () => {
      const found = await findByName(wanted.clusterName, clients);
      const live = { clusterName: found?.ClusterName, tags: found?.Tags };
      return found?.ClusterArn === undefined ? undefined : { id: found.ClusterArn, live };
    },
  });
}

async function read(id: string, clients: AwsClients): Promise<Data | undefined> {
  const found = await describe(id, clients);
  if (found === undefined) return undefined;
  const kafka = await clients.kafka();
  // There are none before it is ACTIVE.
  const command = new GetBootstrapBrokersCommand({ ClusterArn: id });
  const brokers = await unless(["BadRequestException"], () => kafka.send(command));
  return {
    ...fromCluster(found),
    arn: id,
    clusterUuid: id.slice(id.lastIndexOf("/") + 1),
    currentVersion: found.CurrentVersion,
    // Sorted: AWS gives them in another order each time.
    bootstrapBrokersSaslIam: brokers?.BootstrapBrokerStringSaslIam?.split(",").sort().join(",") ?? "",
    tags: found.Tags ?? {},
  };
}

async function describe(ClusterArn: string, clients: AwsClients): Promise<ClusterInfo | undefined> {
  const kafka = await clients.kafka();
  const command = new DescribeClusterCommand({ ClusterArn });
  return (await unless(["NotFoundException"], () => kafka.send(command)))?.ClusterInfo;
}

async function findByName(name: string, clients: AwsClients): Promise<ClusterInfo | undefined> {
  const pages = paginateListClusters({ client: await clients.kafka() }, { ClusterNameFilter: name });
  for await (const { ClusterInfoList = [] } of pages) {
    const found = ClusterInfoList.find(({ ClusterName }) => ClusterName === name);
    if (found !== undefined) return found;
  }
  return undefined;
}
