import assert from "node:assert/strict";
import type { KafkaClient } from "@aws-sdk/client-kafka";
import { isNearlyUsed, readPartitions } from "../../../../ed8kctl/cluster/partitions.js";
import { answering, refusal } from "../aws/answering.js";
import { EKS_FACTS } from "./fixtures.js";

describe("the partitions of the shared Kafka", () => {
  it("are counted with their replicas, over all pages [row 61]", async () => {
    const pages: Readonly<Record<string, object>> = {
      first: {
        Topics: [
          { TopicName: "alice.a", PartitionCount: 3, ReplicationFactor: 2 },
          { TopicName: "alice.b", PartitionCount: 1, ReplicationFactor: 2 },
        ],
        NextToken: "second",
      },
      second: { Topics: [{ TopicName: "__consumer_offsets", PartitionCount: 50, ReplicationFactor: 3 }] },
    };
    const { client, asked } = answering<KafkaClient>({
      ListTopics: ({ NextToken = "first" }) => pages[String(NextToken)],
    });
    assert.deepEqual(await readPartitions(EKS_FACTS.aws, client), { budget: 2400, used: 158, left: 2242 });
    const ClusterArn = EKS_FACTS.aws.mskCluster;
    assert.deepEqual(
      asked.map(({ input }) => input),
      [{ ClusterArn }, { ClusterArn, NextToken: "second" }],
    );
  });

  it("may be more than there should be", async () => {
    const Topics = [{ PartitionCount: 1300, ReplicationFactor: 2 }];
    const { client } = answering<KafkaClient>({ ListTopics: () => ({ Topics }) });
    assert.deepEqual(await readPartitions(EKS_FACTS.aws, client), { budget: 2400, used: 2600, left: 0 });
  });

  it("are nearly used from nine tenths of the budget on", () => {
    assert.deepEqual(
      [2159, 2160, 3000].map((used) => isNearlyUsed({ budget: 2400, used, left: 0 })),
      [false, true, true],
    );
  });

  it("are not known where AWS does not say", async () => {
    const { client } = answering<KafkaClient>({ ListTopics: () => refusal("AccessDeniedException", 403) });
    await assert.rejects(readPartitions(EKS_FACTS.aws, client), {
      message: "the topics of the shared Kafka: AWS refused: AccessDeniedException: AccessDeniedException of AWS",
      hint: "docs/cluster.md lists the permissions that this needs",
    });
  });
});
