import {
  AttachRolePolicyCommand,
  type AttachedPolicy,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { text } from "../inputs.js";
import { GONE } from "./documents.js";

/**
 * Its id is that by which the published provider imports it, `<role>/<policy's ARN>`.
 * https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepolicyattachment/
 */
export const rolePolicyAttachment: AwsKind = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: { role: "replace", policyArn: "replace" },
  required: ["role", "policyArn"],
  computed: [],

  async create(inputs, clients) {
    const [RoleName, PolicyArn] = [text(inputs, "role"), text(inputs, "policyArn")];
    await (await clients.iam()).send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    return `${RoleName}/${PolicyArn}`;
  },

  async read(id, clients) {
    const { RoleName, PolicyArn } = partsOf(id);
    const isAttached = (await attached(RoleName, clients)).some((policy) => policy.PolicyArn === PolicyArn);
    return isAttached ? { role: RoleName, policyArn: PolicyArn } : undefined;
  },

  async delete(id, clients) {
    const client = await clients.iam();
    await unless(GONE, () => client.send(new DetachRolePolicyCommand(partsOf(id))));
  },
};

async function attached(RoleName: string, clients: AwsClients): Promise<AttachedPolicy[]> {
  const client = await clients.iam();
  const policies: AttachedPolicy[] = [];
  let Marker: string | undefined;
  do {
    const command = new ListAttachedRolePoliciesCommand({ RoleName, Marker });
    const page = await unless(GONE, () => client.send(command));
    policies.push(...(page?.AttachedPolicies ?? []));
    Marker = page?.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return policies;
}

/** Names of roles hold no slash. */
function partsOf(id: string): { readonly RoleName: string; readonly PolicyArn: string } {
  const slash = id.indexOf("/");
  return { RoleName: id.slice(0, slash), PolicyArn: id.slice(slash + 1) };
}
