import { policyDocument, type PolicyDocument } from "./document.js";

/** The queue takes what EventBridge tells, over TLS alone. */
export function interruptionQueuePolicy(queueArn: string): PolicyDocument {
  return policyDocument([
    {
      Sid: "AllowEvents",
      Effect: "Allow",
      Principal: { Service: ["events.amazonaws.com", "sqs.amazonaws.com"] },
      Action: ["sqs:SendMessage"],
      Resource: [queueArn],
    },
    {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: ["sqs:*"],
      Resource: [queueArn],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
