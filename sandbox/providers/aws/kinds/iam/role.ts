import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  type Role,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { retryOn, unless } from "../../wait.js";
import { maybeNumber, maybeText, text } from "../inputs.js";
import { createOnce } from "../once.js";
import { fromTagList, hasChanged, tagChanges, tagsOf, toTagList } from "../tags.js";
import { fromDocument, GONE } from "./documents.js";

/** Its id is its name. https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/ */
export const role: AwsKind = {
  type: "aws:iam/role:Role",
  inputs: {
    name: "replace",
    description: "update",
    assumeRolePolicy: "update",
    maxSessionDuration: "update",
    tags: "update",
  },
  required: ["name", "assumeRolePolicy"],
  isAutonamed: true,
  defaults: { maxSessionDuration: 3600 },
  computed: ["arn", "uniqueId"],
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const RoleName = text(inputs, "name");
    const command = new CreateRoleCommand({
      RoleName,
      Description: maybeText(inputs, "description"),
      AssumeRolePolicyDocument: text(inputs, "assumeRolePolicy"),
      MaxSessionDuration: maybeNumber(inputs, "maxSessionDuration"),
      Tags: toTagList(tagsOf(inputs)),
    });
    return createOnce({
      taken: ["EntityAlreadyExistsException"],
      inputs,
      make: async () => {
        await (await clients.iam()).send(command);
        return RoleName;
      },
      find: async () => ({ id: RoleName, live: await read(RoleName, clients) }),
    });
  },

  read,

  async update(id, change, clients) {
    const { old, inputs } = change;
    const client = await clients.iam();
    if (hasChanged("assumeRolePolicy", change)) {
      const PolicyDocument = text(inputs, "assumeRolePolicy");
      await client.send(new UpdateAssumeRolePolicyCommand({ RoleName: id, PolicyDocument }));
    }
    if (hasChanged("description", change) || hasChanged("maxSessionDuration", change)) {
      const Description = maybeText(inputs, "description") ?? "";
      const MaxSessionDuration = maybeNumber(inputs, "maxSessionDuration");
      await client.send(new UpdateRoleCommand({ RoleName: id, Description, MaxSessionDuration }));
    }
    const { set, removed } = tagChanges(old, inputs);
    if (removed.length > 0) await client.send(new UntagRoleCommand({ RoleName: id, TagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await client.send(new TagRoleCommand({ RoleName: id, Tags: toTagList(set) }));
  },

  async delete(id, clients) {
    const client = await clients.iam();
    const wait = { what: `role ${id} to have no policies`, seconds: 120, signal: clients.signal };
    const attempt = () => client.send(new DeleteRoleCommand({ RoleName: id }));
    await unless(GONE, () => retryOn(["DeleteConflictException"], wait, attempt));
  },
};

async function read(RoleName: string, clients: AwsClients): Promise<Data | undefined> {
  const client = await clients.iam();
  const answer = await unless(GONE, () => client.send(new GetRoleCommand({ RoleName })));
  return answer?.Role === undefined ? undefined : dataOf(answer.Role);
}

function dataOf(found: Role): Data {
  return {
    name: found.RoleName,
    description: found.Description === "" ? undefined : found.Description,
    assumeRolePolicy: fromDocument(found.AssumeRolePolicyDocument),
    maxSessionDuration: found.MaxSessionDuration,
    tags: fromTagList(found.Tags),
    arn: found.Arn,
    uniqueId: found.RoleId,
  };
}
