import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { text } from "../inputs.js";
import { fromDocument, GONE } from "./documents.js";

/** A role's inline policy; its id is `<role>:<name>`. https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicy/ */
export const rolePolicy: AwsKind = {
  type: "aws:iam/rolePolicy:RolePolicy",
  inputs: { role: "replace", name: "replace", policy: "update" },
  required: ["role", "name", "policy"],
  computed: [],

  async create(inputs, clients) {
    await put(inputs, clients);
    return `${text(inputs, "role")}:${text(inputs, "name")}`;
  },

  async read(id, clients) {
    const client = await clients.iam();
    const found = await unless(GONE, () => client.send(new GetRolePolicyCommand(partsOf(id))));
    if (found === undefined) return undefined;
    return { role: found.RoleName, name: found.PolicyName, policy: fromDocument(found.PolicyDocument) };
  },

  update: (_id, { inputs }, clients) => put(inputs, clients),

  async delete(id, clients) {
    const client = await clients.iam();
    await unless(GONE, () => client.send(new DeleteRolePolicyCommand(partsOf(id))));
  },
};

async function put(inputs: Data, clients: AwsClients): Promise<void> {
  const command = new PutRolePolicyCommand({
    RoleName: text(inputs, "role"),
    PolicyName: text(inputs, "name"),
    PolicyDocument: text(inputs, "policy"),
  });
  await (await clients.iam()).send(command);
}

function partsOf(id: string): { readonly RoleName: string; readonly PolicyName: string } {
  const [RoleName = "", PolicyName = ""] = id.split(":");
  return { RoleName, PolicyName };
}
