import type { Sample } from "../sample.js";

const policy = (service: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sqs:SendMessage", Resource: "*" }],
  });

export const samples: readonly Sample[] = [
  {
    name: "queue",
    type: "aws:sqs/queue:Queue",
    inputs: () => ({
      name: "ed8k-sample-karpenter",
      messageRetentionSeconds: 300,
      sqsManagedSseEnabled: true,
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ messageRetentionSeconds: 600 }), expect: "update" },
      { inputs: () => ({ sqsManagedSseEnabled: false }), expect: "update" },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
  {
    name: "queue-policy",
    type: "aws:sqs/queuePolicy:QueuePolicy",
    inputs: (made) => ({ queueUrl: made("queue").id, policy: policy("events.amazonaws.com") }),
    changes: [
      { inputs: () => ({ policy: policy("sqs.amazonaws.com") }), expect: "update" },
      { inputs: () => ({ queueUrl: "http://127.0.0.1/111122223333/other" }), expect: "replace" },
    ],
  },
];
