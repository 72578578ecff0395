import assert from "node:assert/strict";
import {
  CreateConfigurationCommand,
  CreateTopicCommand,
  DeleteClusterCommand,
  DeleteConfigurationCommand,
  DeleteTopicCommand,
  DescribeConfigurationRevisionCommand,
  DescribeTopicCommand,
  DescribeTopicPartitionsCommand,
  type KafkaClient,
  ListTopicsCommand,
  UpdateConfigurationCommand,
  UpdateTopicCommand,
} from "@aws-sdk/client-kafka";
import { type OpenFront, refusal } from "../open-front.js";
import { OpenKafka } from "./open-kafka.js";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe("MSK in the sandbox: configurations and topics", () => {
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

  it("keeps every revision of a configuration, and the one that is in use", async () => {
    const { Arn } = await kafka.send(new CreateConfigurationCommand({ Name: "c", ServerProperties: text("a=1") }));
    const changed = await kafka.send(new UpdateConfigurationCommand({ Arn, ServerProperties: text("a=2") }));
    assert.equal(changed.LatestRevision?.Revision, 2);
    const properties = async (Revision: number) => {
      const { ServerProperties } = await kafka.send(new DescribeConfigurationRevisionCommand({ Arn, Revision }));
      return new TextDecoder().decode(ServerProperties);
    };
    assert.deepEqual([await properties(1), await properties(2)], ["a=1", "a=2"]);
    const ClusterArn = await open.make({ ConfigurationInfo: { Arn, Revision: 2 } });
    assert.equal(
      await refusal(kafka.send(new DeleteConfigurationCommand({ Arn }))),
      "BadRequestException: The configuration is in use by cluster ed8k-dev",
    );
    await kafka.send(new DeleteClusterCommand({ ClusterArn }));
    front.settle();
    assert.match(await refusal(open.describe(ClusterArn)), /^NotFoundException: /);
    assert.equal((await kafka.send(new DeleteConfigurationCommand({ Arn }))).State, "DELETING");
    assert.match(await refusal(properties(1)), /^NotFoundException: /);
  });

  it("has topics as records: they grow, and never shrink", async () => {
    const ClusterArn = await open.make();
    const topic = { ClusterArn, TopicName: "alice--orders" };
    await kafka.send(new CreateTopicCommand({ ...topic, PartitionCount: 3, ReplicationFactor: 2, Configs: "e30=" }));
    await kafka.send(
      new CreateTopicCommand({ ...topic, TopicName: "bob--orders", PartitionCount: 1, ReplicationFactor: 1 }),
    );
    front.settle();
    await kafka.send(new UpdateTopicCommand({ ...topic, PartitionCount: 4 }));
    front.settle();
    const { TopicArn, $metadata: _metadata, ...shown } = await kafka.send(new DescribeTopicCommand(topic));
    assert.equal(TopicArn, `${ClusterArn.replace(":cluster/", ":topic/")}/alice--orders`);
    const expected = {
      TopicName: topic.TopicName,
      PartitionCount: 4,
      ReplicationFactor: 2,
      Configs: "e30=",
      Status: "ACTIVE",
    };
    assert.deepEqual(shown, expected);
    const { Partitions } = await kafka.send(new DescribeTopicPartitionsCommand(topic));
    assert.deepEqual(
      Partitions?.map(({ Partition, Leader }) => [Partition, Leader]),
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 1],
      ],
    );
    const listed = await kafka.send(new ListTopicsCommand({ ClusterArn, TopicNameFilter: "alice--" }));
    assert.deepEqual(
      listed.Topics?.map(({ TopicName }) => TopicName),
      ["alice--orders"],
    );
    const again = { ...topic, PartitionCount: 1, ReplicationFactor: 1 };
    for (const [call, message] of [
      [() => kafka.send(new CreateTopicCommand(again)), "TopicExistsException: Topic alice--orders already exists"],
      [
        () => kafka.send(new UpdateTopicCommand({ ...topic, PartitionCount: 2 })),
        "BadRequestException: The number of partitions can't shrink from 4 to 2",
      ],
      [
        () => kafka.send(new CreateTopicCommand({ ...again, TopicName: "x", ReplicationFactor: 4 })),
        "BadRequestException: The replication factor 4 must be from 1 to 3, the number of brokers",
      ],
      [
        () => kafka.send(new CreateTopicCommand({ ...again, TopicName: "a b" })),
        "BadRequestException: The topic name a b isn't valid",
      ],
    ] as const) {
      assert.equal(await refusal(call()), message);
    }
    await kafka.send(new DeleteTopicCommand(topic));
    front.settle();
    assert.equal(
      await refusal(kafka.send(new DescribeTopicCommand(topic))),
      "UnknownTopicOrPartitionException: Topic alice--orders doesn't exist",
    );
  });
});
