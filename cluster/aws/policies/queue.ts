import { policyDocument, type PolicyDocument } from "./document.js";

/**
 * The queue takes what EventBridge tells, over TLS alone.
 * @param rules pattern of the ARNs of the cluster's own rules: those of others tell nothing here
 */
export function interruptionQueuePolicy(queueArn: string, rules: string): PolicyDocument {
  return policyDocument([
    {
      Sid: "AllowEvents",
      Effect: "Allow",
      Principal: { Service: ["events.amazonaws.com"] },
      Action: ["sqs:SendMessage"],
      Resource: [queueArn],
      Condition: { ArnLike: { "aws:SourceArn": rules } },
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
