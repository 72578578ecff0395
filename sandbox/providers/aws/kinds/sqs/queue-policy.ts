import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { NO_QUEUE, readAttributes } from "./attributes.js";

interface Inputs {
  readonly queueUrl: string;
  readonly policy: string;
}

/** Who may use a queue. */
export const queuePolicy: AwsKind = {
  type: "aws:sqs/queuePolicy:QueuePolicy",
  inputs: { queueUrl: "replace", policy: "update" },
  required: ["queueUrl", "policy"],
  computed: [],
  create: async (inputs, clients) => {
    const { queueUrl, policy } = inputs as unknown as Inputs;
    await setPolicy(queueUrl, policy, clients);
    return queueUrl;
  },
  read: async (id, clients) => {
    const policy = (await readAttributes(id, clients))?.["Policy"];
    return policy === undefined || policy === "" ? undefined : { queueUrl: id, policy };
  },
  update: async (id, { inputs }, clients) => setPolicy(id, (inputs as unknown as Inputs).policy, clients),
  delete: async (id, clients) => {
    await unless(NO_QUEUE, () => setPolicy(id, "", clients));
  },
};

async function setPolicy(QueueUrl: string, Policy: string, clients: AwsClients): Promise<void> {
  await (await clients.sqs()).send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
}
