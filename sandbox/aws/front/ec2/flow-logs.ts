import type { Answer } from "../answer.js";
import { type Ec2Action, type Ec2Call, fields } from "./state.js";
import { elements } from "./xml.js";

/** The emulator forgets the role and the interval of flow logs, and knows their tags by another name. */
export const FLOW_LOGS: Readonly<Record<string, Ec2Action>> = {
  CreateFlowLogs: create,
  DescribeFlowLogs: describe,
};

async function create({ state, form, ask }: Ec2Call): Promise<Answer> {
  const isKind = (key: string, value: string): boolean => key.endsWith(".ResourceType") && value === "vpc-flow-log";
  const renamed = [...form].map(([key, value]) => [key, isKind(key, value) ? "flow-log" : value] as const);
  const answer = await ask(Object.fromEntries(renamed));
  if (answer.status !== 200) return answer;
  const [, ids = ""] = /<flowLogIdSet>(.*?)<\/flowLogIdSet>/s.exec(String(answer.body)) ?? [];
  for (const id of elements(ids, "item")) {
    state.flowLogs[id] = {
      roleArn: form.get("DeliverLogsPermissionArn") ?? "",
      interval: form.get("MaxAggregationInterval") ?? "600",
    };
  }
  return answer;
}

async function describe({ state, ask }: Ec2Call): Promise<Answer> {
  const answer = await ask();
  const body = String(answer.body).replaceAll(/<flowLogId>([^<]*)<\/flowLogId>/g, (whole, id: string) => {
    const kept = state.flowLogs[id];
    if (kept === undefined) return whole;
    const roleArn = kept.roleArn === "" ? undefined : kept.roleArn;
    return whole + fields({ deliverLogsPermissionArn: roleArn, maxAggregationInterval: kept.interval });
  });
  return { ...answer, body };
}
