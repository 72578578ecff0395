import type { CreateTopicRequest, DescribeTopicResponse, UpdateTopicRequest } from "@aws-sdk/client-kafka";
import { AwsError } from "../aws-error.js";
import { alive, begin, find, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
import { clusterOf, type KafkaCall, type KafkaOperation, type KafkaShape, required } from "./state.js";

const MANY = "/v1/clusters/{cluster}/topics";
const ONE = `${MANY}/{topic}`;

/** Operations on topics. https://docs.aws.amazon.com/msk/latest/developerguide/msk-topic-operations-information.html */
export const TOPICS: readonly KafkaOperation[] = [
  { name: "CreateTopic", method: "POST", path: MANY, answer: create },
  {
    name: "DescribeTopic",
    method: "GET",
    path: ONE,
    readsOnly: true,
    answer: (call) => shown(topicOf(call), call.now),
  },
  { name: "ListTopics", method: "GET", path: MANY, readsOnly: true, answer: list },
  { name: "UpdateTopic", method: "PUT", path: ONE, answer: update },
  { name: "DeleteTopic", method: "DELETE", path: ONE, answer: remove },
  { name: "DescribeTopicPartitions", method: "GET", path: `${ONE}/partitions`, readsOnly: true, answer: partitions },
];

type Topic = Lived<KafkaShape<DescribeTopicResponse>>;

function create(call: KafkaCall): object {
  const { info, topics } = clusterOf(call).value;
  const request = call.body as KafkaShape<CreateTopicRequest>;
  const topicName = required(request.topicName, "topicName");
  const partitionCount = required(request.partitionCount, "partitionCount");
  const replicationFactor = required(request.replicationFactor, "replicationFactor");
  if (!/^[a-zA-Z0-9._-]{1,249}$/.test(topicName)) refuse(`The topic name ${topicName} isn't valid`);
  if (find(topics, topicName, call.now) !== undefined) {
    throw new AwsError("TopicExistsException", `Topic ${topicName} already exists`);
  }
  const brokers = info.numberOfBrokerNodes ?? 0;
  if (partitionCount < 1) refuse("The number of partitions must be at least 1");
  if (replicationFactor < 1 || replicationFactor > brokers)
    refuse(`The replication factor ${replicationFactor} must be from 1 to ${brokers}, the number of brokers`);
  const topicArn = `${(info.clusterArn ?? "").replace(":cluster/", ":topic/")}/${topicName}`;
  const topic: Topic = {
    phase: begin("CREATING", call.now),
    value: {
      topicArn,
      topicName,
      partitionCount,
      replicationFactor,
      ...(request.configs === undefined ? {} : { configs: request.configs }),
    },
  };
  topics[topicName] = topic;
  return { topicArn, topicName, status: "CREATING" };
}

function topicOf(call: KafkaCall): Topic {
  const name = call.params["topic"] ?? "";
  const found = find(clusterOf(call).value.topics, name, call.now);
  if (found !== undefined) return found;
  throw new AwsError("UnknownTopicOrPartitionException", `Topic ${name} doesn't exist`);
}

function shown(topic: Topic, now: number): KafkaShape<DescribeTopicResponse> {
  return { ...topic.value, status: statusOf(topic, now) ?? "DELETING" };
}

function list(call: KafkaCall): object {
  const prefix = call.query.get("topicNameFilter") ?? "";
  const found = alive(clusterOf(call).value.topics, call.now).filter(({ value }) =>
    value.topicName?.startsWith(prefix),
  );
  const { items, ...next } = page(found, call.query);
  const topics = items.map(({ value: { topicArn, topicName, partitionCount, replicationFactor } }) => ({
    topicArn,
    topicName,
    partitionCount,
    replicationFactor,
    outOfSyncReplicaCount: 0,
  }));
  return { topics, ...next };
}

/** Kafka knows no way to fewer partitions. */
function update(call: KafkaCall): object {
  const topic = topicOf(call);
  const { partitionCount, configs } = call.body as KafkaShape<UpdateTopicRequest>;
  const before = topic.value.partitionCount ?? 0;
  if (partitionCount !== undefined && partitionCount < before)
    refuse(`The number of partitions can't shrink from ${before} to ${partitionCount}`);
  if (partitionCount !== undefined) topic.value.partitionCount = partitionCount;
  if (configs !== undefined) topic.value.configs = configs;
  topic.phase = begin("UPDATING", call.now);
  return named(topic, call.now);
}

function remove(call: KafkaCall): object {
  const topic = topicOf(call);
  topic.phase = begin("DELETING", call.now);
  return named(topic, call.now);
}

function named(topic: Topic, now: number): object {
  const { topicArn, topicName, status } = shown(topic, now);
  return { topicArn, topicName, status };
}

function partitions(call: KafkaCall): object {
  const { partitionCount = 0, replicationFactor = 0 } = topicOf(call).value;
  const brokers = clusterOf(call).value.info.numberOfBrokerNodes ?? 1;
  const all = Array.from({ length: partitionCount }, (_, partition) => {
    const replicas = Array.from({ length: replicationFactor }, (_none, index) => ((partition + index) % brokers) + 1);
    return { partition, leader: replicas[0], replicas, isr: replicas };
  });
  const { items, ...next } = page(all, call.query);
  return { partitions: items, ...next };
}

function refuse(message: string): never {
  throw new AwsError("BadRequestException", message);
}
