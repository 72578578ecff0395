import {
  CreateQueueCommand,
  DeleteQueueCommand,
  ListQueueTagsCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import type { AwsKind, Data } from "../../kind.js";
import { retryOn, unless, until } from "../../wait.js";
import { tagChanges, tagsOf } from "../tags.js";
import { NO_QUEUE, readAttributes } from "./attributes.js";

interface Inputs {
  readonly name: string;
  readonly messageRetentionSeconds?: number;
  readonly sqsManagedSseEnabled?: boolean;
}

/** A name is free again a minute after its queue was deleted. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
const NAME_SECONDS = 90;

/** A standard queue; its id is its URL. */
export const queue: AwsKind = {
  type: "aws:sqs/queue:Queue",
  inputs: { name: "replace", messageRetentionSeconds: "update", sqsManagedSseEnabled: "update", tags: "update" },
  required: ["name"],
  // AWS' own: four days, encrypted.
  defaults: { messageRetentionSeconds: 345_600, sqsManagedSseEnabled: true },
  computed: ["arn", "url"],
  // Making the same once more gives the queue that is there.
  create: async (inputs, clients) => {
    const { name } = inputs as unknown as Inputs;
    const command = new CreateQueueCommand({ QueueName: name, Attributes: attributesOf(inputs), tags: tagsOf(inputs) });
    const wait = { what: `the name ${name} to be free`, seconds: NAME_SECONDS, signal: clients.signal };
    const sqs = await clients.sqs();
    const { QueueUrl = "" } = await retryOn(["QueueDeletedRecently"], wait, () => sqs.send(command));
    return QueueUrl;
  },
  read: async (id, clients) => {
    const found = await readAttributes(id, clients);
    if (found === undefined) return undefined;
    const { Tags: tags = {} } = await (await clients.sqs()).send(new ListQueueTagsCommand({ QueueUrl: id }));
    const arn = found["QueueArn"] ?? "";
    return {
      name: arn.slice(arn.lastIndexOf(":") + 1),
      arn,
      url: id,
      messageRetentionSeconds: Number(found["MessageRetentionPeriod"]),
      sqsManagedSseEnabled: found["SqsManagedSseEnabled"] === "true",
      tags,
    };
  },
  update: async (QueueUrl, { old, inputs }, clients) => {
    const sqs = await clients.sqs();
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: attributesOf(inputs) }));
    const { set, removed } = tagChanges(old, inputs);
    if (removed.length > 0) await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await sqs.send(new TagQueueCommand({ QueueUrl, Tags: set }));
  },
  delete: async (QueueUrl, clients) => {
    await unless(NO_QUEUE, async () => (await clients.sqs()).send(new DeleteQueueCommand({ QueueUrl })));
    const wait = { what: `queue ${QueueUrl} to be gone`, seconds: NAME_SECONDS, signal: clients.signal };
    await until(wait, async () => ((await readAttributes(QueueUrl, clients)) === undefined ? true : undefined));
  },
};

function attributesOf(inputs: Data): Record<string, string> {
  const { messageRetentionSeconds, sqsManagedSseEnabled } = inputs as unknown as Inputs;
  return {
    MessageRetentionPeriod: String(messageRetentionSeconds),
    SqsManagedSseEnabled: String(sqsManagedSseEnabled),
  };
}
