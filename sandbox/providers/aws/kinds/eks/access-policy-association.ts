import {
  type AccessScopeType,
  AssociateAccessPolicyCommand,
  type AssociatedAccessPolicy,
  DisassociateAccessPolicyCommand,
  paginateListAssociatedAccessPolicies,
} from "@aws-sdk/client-eks";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { given, refuseUnknown } from "../known.js";
import { GONE } from "./common.js";

interface Inputs {
  readonly clusterName: string;
  readonly principalArn: string;
  readonly policyArn: string;
  readonly accessScope: { readonly type: AccessScopeType; readonly namespaces?: readonly string[] };
}

/** One of EKS' own policies for a role; its id is `<cluster>#<ARN of the role>#<ARN of the policy>`. */
export const accessPolicyAssociation: AwsKind = {
  type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  inputs: { clusterName: "replace", principalArn: "replace", policyArn: "replace", accessScope: "replace" },
  required: ["clusterName", "principalArn", "policyArn", "accessScope"],
  computed: ["associatedAt", "modifiedAt"],
  // A role has a policy once: the new one in its place would go with the old one.
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { clusterName, principalArn, policyArn, accessScope } = inputs as unknown as Inputs;
    refuseUnknown("accessScope", accessScope, ["type", "namespaces"]);
    const { type, namespaces } = accessScope;
    const command = new AssociateAccessPolicyCommand({
      clusterName,
      principalArn,
      policyArn,
      accessScope: { type, ...given({ namespaces: namespaces && [...namespaces] }) },
    });
    await (await clients.eks()).send(command);
    return `${clusterName}#${principalArn}#${policyArn}`;
  },
  read: async (id, clients) => {
    const found = await find(id, clients);
    if (found === undefined) return undefined;
    const { clusterName, principalArn } = keyOf(id);
    return given({
      clusterName,
      principalArn,
      policyArn: found.policyArn,
      accessScope: found.accessScope,
      associatedAt: found.associatedAt?.toISOString(),
      modifiedAt: found.modifiedAt?.toISOString(),
    });
  },
  delete: async (id, clients) => {
    const command = new DisassociateAccessPolicyCommand(keyOf(id));
    await unless(GONE, async () => (await clients.eks()).send(command));
  },
};

function keyOf(id: string) {
  const [clusterName = "", principalArn = "", policyArn = ""] = id.split("#");
  return { clusterName, principalArn, policyArn };
}

async function find(id: string, clients: AwsClients): Promise<AssociatedAccessPolicy | undefined> {
  const client = await clients.eks();
  const { policyArn: wanted, ...of } = keyOf(id);
  return unless(GONE, async () => {
    for await (const page of paginateListAssociatedAccessPolicies({ client }, of)) {
      const found = page.associatedAccessPolicies?.find(({ policyArn }) => policyArn === wanted);
      if (found !== undefined) return found;
    }
    return undefined;
  });
}
