import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { interruptionQueuePolicy } from "../policies/queue.js";

export interface InterruptionsArgs {
  readonly plan: AwsPlan;
  readonly account: string;
}

/** What AWS tells of nodes before they go. https://karpenter.sh/docs/reference/cloudformation/#interruption-handling */
const EVENTS = {
  "scheduled-change": { source: ["aws.health"], "detail-type": ["AWS Health Event"] },
  "spot-interruption": { source: ["aws.ec2"], "detail-type": ["EC2 Spot Instance Interruption Warning"] },
  rebalance: { source: ["aws.ec2"], "detail-type": ["EC2 Instance Rebalance Recommendation"] },
  "state-change": { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"] },
  "capacity-reservation": {
    source: ["aws.ec2"],
    "detail-type": ["EC2 Capacity Reservation Instance Interruption Warning"],
  },
} as const;

/** Seconds: a node that is to go in two minutes is gone after five. */
const RETENTION = 300;

/** The queue by which Karpenter hears that AWS takes a node back, in time to move what runs on it. */
export class Interruptions extends pulumi.ComponentResource {
  constructor(name: string, { plan, account }: InterruptionsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Interruptions", name, {}, opts);
    const { settings } = plan;
    const queueName = clusterPartName(settings.name, "karpenter");
    const tags = clusterTags(settings);
    const { region } = settings.aws;
    const queueArn = `arn:aws:sqs:${region}:${account}:${queueName}`;
    const rules = `arn:aws:events:${region}:${account}:rule/${queueName}-*`;
    const queue = new aws.sqs.Queue(
      "interruptions",
      { name: queueName, messageRetentionSeconds: RETENTION, sqsManagedSseEnabled: true, tags },
      { parent: this },
    );
    new aws.sqs.QueuePolicy(
      "interruptions",
      { queueUrl: queue.url, policy: JSON.stringify(interruptionQueuePolicy(queueArn, rules)) },
      { parent: this },
    );
    for (const [event, pattern] of Object.entries(EVENTS)) {
      const rule = new aws.cloudwatch.EventRule(
        event,
        {
          name: `${queueName}-${event}`,
          description: `Tells Karpenter: ${pattern["detail-type"][0]}`,
          eventPattern: JSON.stringify(pattern),
          tags,
        },
        { parent: this },
      );
      new aws.cloudwatch.EventTarget(
        event,
        { rule: rule.name, arn: queue.arn, targetId: "karpenter" },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
