import { BudgetsClient } from "@aws-sdk/client-budgets";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { EKSClient } from "@aws-sdk/client-eks";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { KafkaClient } from "@aws-sdk/client-kafka";
import { KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { AwsClients } from "../../../../../../sandbox/providers/aws/clients.js";
import type { FakeClients } from "./fake-clients.js";

/** All services on one fake: each looks like its own client, as the SDK's paginators want. */
export async function servicesOf(fake: FakeClients): Promise<AwsClients> {
  const all = await fake.clients.iam();
  const service = (client: { readonly prototype: object }) => () =>
    Promise.resolve(Object.assign(Object.create(client.prototype) as object, { send: all.send.bind(all) }));
  return {
    ...fake.clients,
    budgets: service(BudgetsClient),
    ec2: service(EC2Client),
    ecr: service(ECRClient),
    eks: service(EKSClient),
    events: service(EventBridgeClient),
    kafka: service(KafkaClient),
    kms: service(KMSClient),
    logs: service(CloudWatchLogsClient),
    s3: service(S3Client),
    sqs: service(SQSClient),
  } as unknown as AwsClients;
}
