import { randomUUID } from "node:crypto";
import {
  CreateFlowLogsCommand,
  DeleteFlowLogsCommand,
  DescribeFlowLogsCommand,
  type LogDestinationType,
  type TrafficType,
} from "@aws-sdk/client-ec2";
import { UserError } from "../../../../../errors.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { maybeNumber, maybeText, text } from "../inputs.js";
import { fromTagList } from "../tags.js";
import { ec2Arn, idOf, tagSpecifications, updateTags } from "./common.js";

const GONE = ["InvalidFlowLogId.NotFound"];

/** Of a whole VPC. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/flowlog/ */
export const flowLog: AwsKind = {
  type: "aws:ec2/flowLog:FlowLog",
  inputs: {
    vpcId: "replace",
    trafficType: "replace",
    logDestinationType: "replace",
    logDestination: "replace",
    iamRoleArn: "replace",
    maxAggregationInterval: "replace",
    tags: "update",
  },
  required: ["vpcId", "trafficType", "logDestination"],
  defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  computed: ["arn"],
  // AWS refuses two that write the same.
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const command = new CreateFlowLogsCommand({
      ResourceIds: [text(inputs, "vpcId")],
      ResourceType: "VPC",
      TrafficType: text(inputs, "trafficType") as TrafficType,
      LogDestinationType: text(inputs, "logDestinationType") as LogDestinationType,
      LogDestination: text(inputs, "logDestination"),
      DeliverLogsPermissionArn: maybeText(inputs, "iamRoleArn"),
      MaxAggregationInterval: maybeNumber(inputs, "maxAggregationInterval"),
      ClientToken: randomUUID(),
      ...tagSpecifications("vpc-flow-log", inputs),
    });
    const { FlowLogIds, Unsuccessful } = await (await clients.ec2()).send(command);
    const [failure] = Unsuccessful ?? [];
    if (failure !== undefined) {
      throw new UserError(`AWS refused: ${failure.Error?.Code ?? ""}: ${failure.Error?.Message ?? ""}`);
    }
    return idOf(FlowLogIds?.[0], "CreateFlowLogs");
  },

  async read(id, clients) {
    const client = await clients.ec2();
    const answer = await unless(GONE, () => client.send(new DescribeFlowLogsCommand({ FlowLogIds: [id] })));
    const found = answer?.FlowLogs?.[0];
    if (found === undefined) return undefined;
    return {
      vpcId: found.ResourceId,
      trafficType: found.TrafficType,
      logDestinationType: found.LogDestinationType,
      logDestination: found.LogDestination,
      iamRoleArn: found.DeliverLogsPermissionArn,
      maxAggregationInterval: found.MaxAggregationInterval,
      tags: fromTagList(found.Tags),
      arn: ec2Arn(clients, await clients.account(), `vpc-flow-log/${id}`),
    };
  },

  update: updateTags,

  async delete(id, clients) {
    const client = await clients.ec2();
    await unless(GONE, () => client.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })));
  },
};
