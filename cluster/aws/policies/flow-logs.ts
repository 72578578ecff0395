import { policyDocument, type Place, type PolicyDocument } from "./document.js";

/** What writes the VPC's flow logs into their log group. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
export function flowLogsPolicy({ account, region }: Place, logGroup: string): PolicyDocument {
  const arn = `arn:aws:logs:${region}:${account}:log-group:${logGroup}`;
  return policyDocument([
    {
      Sid: "Write",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: [arn, `${arn}:*`],
    },
    { Sid: "Find", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: ["*"] },
  ]);
}
