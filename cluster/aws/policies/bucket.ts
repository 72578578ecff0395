import { policyDocument, type PolicyDocument } from "./document.js";

/** Nobody reads or writes the bucket without TLS. https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html */
export function tlsOnlyPolicy(bucket: string): PolicyDocument {
  return policyDocument([
    {
      Sid: "DenyPlainHttp",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
