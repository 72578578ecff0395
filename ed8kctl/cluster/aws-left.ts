import { eks, kafka } from "./aws-left/clusters.js";
import { ec2 } from "./aws-left/ec2.js";
import type { AwsLeftover, Look, SweptCluster } from "./aws-left/look.js";
import { budgets, events, logs, sqs } from "./aws-left/names.js";
import { iam } from "./aws-left/roles.js";
import { ecr, kms, s3 } from "./aws-left/storage.js";

/** What was looked at after a cluster, and what was found of it. */
export interface AwsSweep {
  /** Services that were looked at. */
  readonly checked: readonly string[];
  /** Services that could not be. */
  readonly unseen: readonly string[];
  /** In an order in which it can be removed. */
  readonly left: readonly AwsLeftover[];
}

/** Looks, whatever the stack says, for what of a cluster can be left, and costs money or stands in the way of the next. */
export async function sweepAws(
  cluster: SweptCluster,
  looks: Readonly<Record<string, Look>> = LOOKS,
): Promise<AwsSweep> {
  const services = Object.keys(looks);
  const answers = await Promise.all(
    Object.values(looks).map((look) => look(cluster).catch((): undefined => undefined)),
  );
  const left = answers.flatMap((answer) => answer ?? []);
  return {
    checked: services.filter((_, index) => answers[index] !== undefined),
    unseen: services.filter((_, index) => answers[index] === undefined),
    left: [...new Map(left.map((one) => [one.what, one])).values()],
  };
}

/** What others are made with comes after them. */
const LOOKS: Readonly<Record<string, Look>> = { eks, kafka, ec2, s3, ecr, events, sqs, logs, budgets, iam, kms };
