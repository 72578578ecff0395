import type { Answer } from "../answer.js";
import { AwsError } from "../aws-error.js";

/** Keys of log groups that were set or taken away since the group was made, by group; `null`: taken away. */
export type LogState = Record<string, string | null>;

/** One call to CloudWatch Logs: JSON, with the operation's name in a header. */
export interface LogsCall {
  readonly state: LogState;
  readonly body: unknown;
  /** Asks the emulator the call itself, or another one. */
  readonly ask: (other?: { readonly operation: string; readonly body: object }) => Promise<Answer>;
}

/** The emulator cannot change the key of a log group. */
export const LOG_ACTIONS: Readonly<Record<string, (call: LogsCall) => Promise<Answer>>> = {
  AssociateKmsKey: associate,
  DisassociateKmsKey: associate,
  DescribeLogGroups: describe,
  DeleteLogGroup: forget,
};

interface KeyRequest {
  readonly logGroupName?: string;
  readonly kmsKeyId?: string;
}

async function associate({ state, body, ask }: LogsCall): Promise<Answer> {
  const { logGroupName = "", kmsKeyId } = body as KeyRequest;
  const described = await ask({ operation: "DescribeLogGroups", body: { logGroupNamePrefix: logGroupName } });
  const { logGroups } = JSON.parse(String(described.body)) as Groups;
  if (logGroups?.some((group) => group.logGroupName === logGroupName) !== true) {
    throw new AwsError("ResourceNotFoundException", `The specified log group does not exist: ${logGroupName}`, 400);
  }
  state[logGroupName] = kmsKeyId ?? null;
  return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: "{}" };
}

interface Groups {
  readonly logGroups?: readonly { readonly logGroupName: string; readonly kmsKeyId?: string }[];
}

async function describe({ state, ask }: LogsCall): Promise<Answer> {
  const answer = await ask();
  if (answer.status !== 200) return answer;
  const content = JSON.parse(String(answer.body)) as Groups;
  const logGroups = content.logGroups?.map((group) => {
    const { kmsKeyId, ...rest } = group;
    const key = state[group.logGroupName];
    if (key === undefined) return group;
    return key === null ? rest : { ...rest, kmsKeyId: key };
  });
  return { ...answer, body: JSON.stringify({ ...content, logGroups }) };
}

async function forget({ state, body, ask }: LogsCall): Promise<Answer> {
  const answer = await ask();
  if (answer.status === 200) Reflect.deleteProperty(state, (body as KeyRequest).logGroupName ?? "");
  return answer;
}
