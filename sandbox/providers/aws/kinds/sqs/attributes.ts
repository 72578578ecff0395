import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { AwsClients } from "../../clients.js";
import { unless } from "../../wait.js";

/** AWS' codes for a queue that is not there: of the JSON protocol, and of the older one. */
export const NO_QUEUE = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"];

/** All attributes of a queue; `undefined` when it is not there. */
export async function readAttributes(
  QueueUrl: string,
  clients: AwsClients,
): Promise<Partial<Record<string, string>> | undefined> {
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] });
  const found = await unless(NO_QUEUE, async () => (await clients.sqs()).send(command));
  return found && (found.Attributes ?? {});
}
