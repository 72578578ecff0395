import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { flowLogsPolicy } from "../policies/flow-logs.js";
import { trustService } from "../policies/trust.js";

const LOG_DAYS = 30;
/** Seconds; the longest that AWS takes is the cheapest. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html */
const INTERVAL = 600;

export interface FlowLogsArgs {
  readonly plan: AwsPlan;
  readonly account: string;
  readonly keyArn: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
}

/** Who spoke with whom in the VPC. */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, { plan, account, keyArn, vpcId }: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:FlowLogs", name, {}, opts);
    const { settings } = plan;
    const fullName = clusterPartName(settings.name, "flow-logs");
    const logGroup = `/ed8k/${fullName}`;
    const tags = clusterTags(settings, fullName);
    const logs = new aws.cloudwatch.LogGroup(
      name,
      { name: logGroup, retentionInDays: LOG_DAYS, kmsKeyId: keyArn, tags },
      { parent: this },
    );
    const role = new aws.iam.Role(
      name,
      {
        name: fullName,
        description: "Writes the flow logs",
        assumeRolePolicy: JSON.stringify(trustService("vpc-flow-logs.amazonaws.com")),
        tags,
      },
      { parent: this },
    );
    const policy = flowLogsPolicy({ account, region: settings.aws.region }, logGroup);
    const allowed = new aws.iam.RolePolicy(
      name,
      { role: role.name, name: fullName, policy: JSON.stringify(policy) },
      { parent: this },
    );
    new aws.ec2.FlowLog(
      name,
      {
        vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logs.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: INTERVAL,
        tags,
      },
      { parent: this, dependsOn: [allowed] },
    );
    this.registerOutputs({});
  }
}
