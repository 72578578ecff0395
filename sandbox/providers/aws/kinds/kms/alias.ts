import {
  type AliasListEntry,
  CreateAliasCommand,
  DeleteAliasCommand,
  paginateListAliases,
  UpdateAliasCommand,
} from "@aws-sdk/client-kms";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { nameOf, unless } from "../../wait.js";

interface Inputs {
  readonly name: string;
  /** The key's id or its ARN. */
  readonly targetKeyId: string;
}

/** A name of a key that can be given to another one. */
export const alias: AwsKind = {
  type: "aws:kms/alias:Alias",
  inputs: { name: "replace", targetKeyId: "update" },
  required: ["name", "targetKeyId"],
  computed: ["arn", "targetKeyArn"],
  create: async (inputs, clients) => {
    const { name, targetKeyId } = inputs as unknown as Inputs;
    try {
      await (await clients.kms()).send(new CreateAliasCommand({ AliasName: name, TargetKeyId: targetKeyId }));
    } catch (error) {
      const found = nameOf(error) === "AlreadyExistsException" ? await findAlias(name, clients) : undefined;
      // Of this very key: an earlier try has made it, whose answer was lost. Aliases have no tags that would say so.
      if (found?.TargetKeyId !== keyIdOf(targetKeyId)) throw error;
    }
    return name;
  },
  read: async (id, clients, last) => {
    const found = await findAlias(id, clients);
    if (found === undefined) return undefined;
    const { AliasArn: arn = "", AliasName: name, TargetKeyId = "" } = found;
    const { targetKeyId: known = "" } = last as Partial<Inputs>;
    return {
      name,
      arn,
      targetKeyArn: `${arn.slice(0, arn.indexOf(":alias/"))}:key/${TargetKeyId}`,
      // The program may name the key by its ARN.
      targetKeyId: keyIdOf(known) === TargetKeyId ? known : TargetKeyId,
    };
  },
  update: async (id, { inputs }, clients) => {
    const { targetKeyId: TargetKeyId } = inputs as unknown as Inputs;
    await (await clients.kms()).send(new UpdateAliasCommand({ AliasName: id, TargetKeyId }));
  },
  delete: async (id, clients) => {
    const command = new DeleteAliasCommand({ AliasName: id });
    await unless(["NotFoundException"], async () => (await clients.kms()).send(command));
  },
};

/** There is no call that asks for one alias. */
async function findAlias(name: string, clients: AwsClients): Promise<AliasListEntry | undefined> {
  for await (const { Aliases = [] } of paginateListAliases({ client: await clients.kms() }, {})) {
    const found = Aliases.find(({ AliasName }) => AliasName === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keyIdOf(idOrArn: string): string {
  return idOrArn.slice(idOrArn.lastIndexOf("/") + 1);
}
