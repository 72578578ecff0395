import {
  CreateAccessEntryCommand,
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  UpdateAccessEntryCommand,
} from "@aws-sdk/client-eks";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { isSame } from "../../meaning.js";
import { unless } from "../../wait.js";
import { given } from "../known.js";
import { createOnce } from "../once.js";
import { tagsOf } from "../tags.js";
import { GONE, IN_USE, partsOf, updateTags } from "./common.js";

interface Inputs {
  readonly clusterName: string;
  readonly principalArn: string;
  readonly kubernetesGroups?: readonly string[];
  /** May hold `{{SessionName}}`. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
  readonly userName?: string;
  readonly type?: string;
}

/** Who a role is to Kubernetes; its id is `<cluster>:<ARN of the role>`. */
export const accessEntry: AwsKind = {
  type: "aws:eks/accessEntry:AccessEntry",
  inputs: {
    clusterName: "replace",
    principalArn: "replace",
    kubernetesGroups: "update",
    userName: "update",
    type: "replace",
    tags: "update",
  },
  required: ["clusterName", "principalArn"],
  defaults: { type: "STANDARD" },
  computed: ["accessEntryArn", "createdAt", "modifiedAt"],
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { clusterName, principalArn, type } = inputs as unknown as Inputs;
    const id = `${clusterName}:${principalArn}`;
    const eks = await clients.eks();
    const command = new CreateAccessEntryCommand({
      clusterName,
      principalArn,
      ...identityOf(inputs),
      ...given({ type }),
      tags: tagsOf(inputs),
    });
    return createOnce({
      taken: IN_USE,
      inputs,
      make: async () => {
        await eks.send(command);
        return id;
      },
      find: async () => ({ id, live: await read(id, clients) }),
    });
  },
  read,
  update: async (id, change, clients) => {
    const [clusterName, principalArn] = partsOf(id);
    const identity = changedIdentity(change);
    if (Object.keys(identity).length > 0) {
      const command = new UpdateAccessEntryCommand({ clusterName, principalArn, ...identity });
      await (await clients.eks()).send(command);
    }
    await updateTags({ arn: String(change.old["accessEntryArn"]), ...change }, clients);
  },
  delete: async (id, clients) => {
    const [clusterName, principalArn] = partsOf(id);
    const command = new DeleteAccessEntryCommand({ clusterName, principalArn });
    await unless(GONE, async () => (await clients.eks()).send(command));
  },
};

function identityOf(inputs: Data) {
  const { kubernetesGroups, userName: username } = inputs as unknown as Inputs;
  return given({ kubernetesGroups: kubernetesGroups && [...kubernetesGroups], username });
}

/** What is to be changed of who it is; nothing for entries of nodes, which EKS itself names. */
function changedIdentity({ old, inputs }: { readonly old: Data; readonly inputs: Data }) {
  const { type, kubernetesGroups = [], userName: username } = inputs as unknown as Inputs;
  if (type !== "STANDARD") return {};
  const hasOtherGroups = !isSame(old["kubernetesGroups"], kubernetesGroups);
  const hasOtherName = username !== undefined && username !== old["userName"];
  return {
    ...(hasOtherGroups ? { kubernetesGroups: [...kubernetesGroups] } : {}),
    ...(hasOtherName ? { username } : {}),
  };
}

async function read(id: string, clients: AwsClients): Promise<Data | undefined> {
  const [clusterName, principalArn] = partsOf(id);
  const eks = await clients.eks();
  const found = await unless(GONE, () => eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn })));
  const entry = found?.accessEntry;
  if (entry === undefined) return undefined;
  return given({
    clusterName,
    principalArn,
    kubernetesGroups: entry.kubernetesGroups ?? [],
    userName: entry.username,
    type: entry.type,
    accessEntryArn: entry.accessEntryArn,
    createdAt: entry.createdAt?.toISOString(),
    modifiedAt: entry.modifiedAt?.toISOString(),
    tags: entry.tags ?? {},
  });
}
