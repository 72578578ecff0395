import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  ListTagsForResourceCommand,
  PutRuleCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-eventbridge";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given } from "../known.js";
import { fromTagList, type Tag, tagChanges, tagsOf, toTagList } from "../tags.js";

interface Inputs {
  readonly name: string;
  readonly description?: string;
  readonly eventPattern: string;
}

/** Which events of the account's own bus are meant. */
export const eventRule: AwsKind = {
  type: "aws:cloudwatch/eventRule:EventRule",
  inputs: { name: "replace", description: "update", eventPattern: "update", tags: "update" },
  required: ["name", "eventPattern"],
  computed: ["arn"],
  create: async (inputs, clients) => {
    await putRule(inputs, toTagList(tagsOf(inputs)), clients);
    return (inputs as unknown as Inputs).name;
  },
  read: async (id, clients) => {
    const events = await clients.events();
    const rule = await unless(["ResourceNotFoundException"], () => events.send(new DescribeRuleCommand({ Name: id })));
    if (rule === undefined) return undefined;
    const { Tags } = await events.send(new ListTagsForResourceCommand({ ResourceARN: rule.Arn }));
    return {
      name: rule.Name,
      arn: rule.Arn,
      ...given({ description: rule.Description, eventPattern: rule.EventPattern }),
      tags: fromTagList(Tags),
    };
  },
  update: async (_id, { old, inputs }, clients) => {
    // AWS takes tags with a new rule only.
    await putRule(inputs, [], clients);
    const events = await clients.events();
    const ResourceARN = String(old["arn"]);
    const { set, removed } = tagChanges(old, inputs);
    if (removed.length > 0) await events.send(new UntagResourceCommand({ ResourceARN, TagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await events.send(new TagResourceCommand({ ResourceARN, Tags: toTagList(set) }));
  },
  delete: async (id, clients) => {
    const command = new DeleteRuleCommand({ Name: id });
    await unless(["ResourceNotFoundException"], async () => (await clients.events()).send(command));
  },
};

async function putRule(inputs: Data, Tags: Tag[], clients: AwsClients): Promise<void> {
  const { name, description, eventPattern } = inputs as unknown as Inputs;
  const command = new PutRuleCommand({
    Name: name,
    EventPattern: eventPattern,
    ...given({ Description: description }),
    ...(Tags.length === 0 ? {} : { Tags }),
  });
  await (await clients.events()).send(command);
}
