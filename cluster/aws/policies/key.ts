import { policyDocument, type Place, type PolicyDocument } from "./document.js";

/** What the account's administrators may do with the key, by their own IAM policies. */
const MANAGE = [
  ...["Create", "Describe", "Enable", "List", "Put", "Update", "Revoke", "Disable", "Get", "Delete"].map(
    (verb) => `kms:${verb}*`,
  ),
  ...[
    "kms:TagResource",
    "kms:UntagResource",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:RotateKeyOnDemand",
    "kms:RetireGrant",
  ],
];
const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * A key that the account itself looks after, and with which CloudWatch encrypts the account's logs. In a key's policy
 * the resource `*` is the key. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html,
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function keyPolicy({ account, region }: Place): PolicyDocument {
  return policyDocument([
    {
      Sid: "AllowAccount",
      Effect: "Allow",
      Principal: { AWS: [`arn:aws:iam::${account}:root`] },
      Action: [...MANAGE, ...USE],
      Resource: ["*"],
    },
    {
      Sid: "AllowLogs",
      Effect: "Allow",
      Principal: { Service: [`logs.${region}.amazonaws.com`] },
      Action: USE,
      Resource: ["*"],
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` } },
    },
  ]);
}
