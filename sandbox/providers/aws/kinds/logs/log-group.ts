import {
  AssociateKmsKeyCommand,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DeleteRetentionPolicyCommand,
  DisassociateKmsKeyCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  paginateDescribeLogGroups,
  PutRetentionPolicyCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given } from "../known.js";
import { createOnce } from "../once.js";
import { hasChanged, tagChanges, type Tags, tagsOf } from "../tags.js";

interface Inputs {
  readonly name: string;
  /** 0: for ever. */
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
}

/** A log group of CloudWatch. */
export const logGroup: AwsKind = {
  type: "aws:cloudwatch/logGroup:LogGroup",
  inputs: { name: "replace", retentionInDays: "update", kmsKeyId: "update", tags: "update" },
  required: ["name"],
  defaults: { retentionInDays: 0 },
  computed: ["arn"],
  create: async (inputs, clients) => {
    const { name, kmsKeyId } = inputs as unknown as Inputs;
    const tags = tagsOf(inputs);
    const command = new CreateLogGroupCommand({ logGroupName: name, ...given({ kmsKeyId }), ...tagged(tags) });
    return createOnce({
      taken: ["ResourceAlreadyExistsException"],
      inputs: given({ name, kmsKeyId, tags }),
      make: async () => {
        await (await clients.logs()).send(command);
        return name;
      },
      find: async () => ({ id: name, live: await read(name, clients) }),
    });
  },
  settle: async (logGroupName, clients, inputs) => {
    const { retentionInDays = 0 } = inputs as unknown as Inputs;
    const logs = await clients.logs();
    if (retentionInDays === 0) await logs.send(new DeleteRetentionPolicyCommand({ logGroupName }));
    else await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  },
  read,
  update: async (logGroupName, change, clients) => {
    const { kmsKeyId } = change.inputs as unknown as Inputs;
    const logs = await clients.logs();
    if (hasChanged("kmsKeyId", change)) {
      if (kmsKeyId === undefined) await logs.send(new DisassociateKmsKeyCommand({ logGroupName }));
      else await logs.send(new AssociateKmsKeyCommand({ logGroupName, kmsKeyId }));
    }
    const { set, removed } = tagChanges(change.old, change.inputs);
    const resourceArn = String(change.old["arn"]);
    if (removed.length > 0) await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await logs.send(new TagResourceCommand({ resourceArn, tags: set }));
  },
  delete: async (logGroupName, clients) => {
    const command = new DeleteLogGroupCommand({ logGroupName });
    await unless(["ResourceNotFoundException"], async () => (await clients.logs()).send(command));
  },
};

async function read(id: string, clients: AwsClients): Promise<Data | undefined> {
  const found = await findGroup(id, clients);
  if (found === undefined) return undefined;
  const { logGroupName: name, retentionInDays = 0, kmsKeyId } = found;
  const arn = arnOf(found);
  return { name, arn, retentionInDays, ...given({ kmsKeyId }), tags: await readTags(arn, clients) };
}

async function findGroup(name: string, clients: AwsClients): Promise<LogGroup | undefined> {
  const pages = paginateDescribeLogGroups({ client: await clients.logs() }, { logGroupNamePrefix: name });
  for await (const { logGroups = [] } of pages) {
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The ARN that tags and other services take has no `:*` at its end. */
function arnOf({ arn = "" }: LogGroup): string {
  return arn.replace(/:\*$/, "");
}

async function readTags(resourceArn: string, clients: AwsClients): Promise<Tags> {
  const { tags = {} } = await (await clients.logs()).send(new ListTagsForResourceCommand({ resourceArn }));
  return tags;
}

/** AWS refuses an empty map. */
function tagged(tags: Tags): { tags?: Tags } {
  return Object.keys(tags).length === 0 ? {} : { tags };
}
