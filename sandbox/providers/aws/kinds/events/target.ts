import {
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given } from "../known.js";

interface Inputs {
  readonly rule: string;
  readonly targetId: string;
  readonly arn: string;
}

/** Where a rule's events go. */
export const eventTarget: AwsKind = {
  type: "aws:cloudwatch/eventTarget:EventTarget",
  inputs: { rule: "replace", arn: "update", targetId: "replace" },
  required: ["rule", "arn", "targetId"],
  computed: [],
  create: async (inputs, clients) => {
    const { rule, targetId } = inputs as unknown as Inputs;
    await putTarget(inputs, clients);
    return `${rule}-${targetId}`;
  },
  read: async (id, clients, last) => {
    const { rule, targetId } = last as Partial<Inputs>;
    const key = rule === undefined || targetId === undefined ? await keyOf(id, clients) : { rule, targetId };
    const found = key && (await findTarget(key, clients));
    return found && { ...key, arn: found.Arn };
  },
  update: (_id, { inputs }, clients) => putTarget(inputs, clients),
  delete: async (_id, clients, last) => {
    const { rule, targetId } = last as unknown as Inputs;
    const command = new RemoveTargetsCommand({ Rule: rule, Ids: [targetId] });
    await unless(["ResourceNotFoundException"], async () => (await clients.events()).send(command));
  },
};

async function putTarget(inputs: Data, clients: AwsClients): Promise<void> {
  const { rule, targetId: Id, arn: Arn } = inputs as unknown as Inputs;
  const command = new PutTargetsCommand({ Rule: rule, Targets: [{ Id, Arn }] });
  const { FailedEntries = [] } = await (await clients.events()).send(command);
  // The call succeeds though what it is for has failed.
  const failed = FailedEntries[0];
  if (failed !== undefined)
    throw new UserError(`Target ${Id} of rule ${rule} was refused: ${failed.ErrorMessage ?? ""}`);
}

async function findTarget({ rule, targetId }: Omit<Inputs, "arn">, clients: AwsClients): Promise<Target | undefined> {
  const events = await clients.events();
  // One page: a rule has at most five targets.
  const command = new ListTargetsByRuleCommand({ Rule: rule });
  const found = await unless(["ResourceNotFoundException"], () => events.send(command));
  return found?.Targets?.find(({ Id }) => Id === targetId);
}

/** Of one that is imported: the id alone does not say where the rule's name ends. */
async function keyOf(id: string, clients: AwsClients): Promise<Omit<Inputs, "arn"> | undefined> {
  const events = await clients.events();
  for (let NextToken: string | undefined; ;) {
    const page = await events.send(new ListRulesCommand({ ...given({ NextToken }) }));
    for (const { Name: rule = "" } of page.Rules ?? []) {
      const key = { rule, targetId: id.slice(rule.length + 1) };
      if (id.startsWith(`${rule}-`) && (await findTarget(key, clients)) !== undefined) return key;
    }
    NextToken = page.NextToken;
    if (NextToken === undefined) return undefined;
  }
}
