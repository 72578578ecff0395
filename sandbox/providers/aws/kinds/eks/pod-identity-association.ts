import {
  CreatePodIdentityAssociationCommand,
  DeletePodIdentityAssociationCommand,
  DescribePodIdentityAssociationCommand,
  ListPodIdentityAssociationsCommand,
  paginateListClusters,
  UpdatePodIdentityAssociationCommand,
} from "@aws-sdk/client-eks";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { createOnce } from "../once.js";
import { hasChanged, tagsOf } from "../tags.js";
import { GONE, IN_USE, updateTags } from "./common.js";

interface Inputs {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
}

/** The role that pods of a service account have; its id is the association's. */
export const podIdentityAssociation: AwsKind = {
  type: "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  inputs: {
    clusterName: "replace",
    namespace: "replace",
    serviceAccount: "replace",
    roleArn: "update",
    tags: "update",
  },
  required: ["clusterName", "namespace", "serviceAccount", "roleArn"],
  computed: ["associationArn", "associationId"],
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { clusterName, namespace, serviceAccount, roleArn } = inputs as unknown as Inputs;
    const place = { clusterName, namespace, serviceAccount };
    const eks = await clients.eks();
    return createOnce({
      taken: IN_USE,
      inputs,
      make: async () => {
        const command = new CreatePodIdentityAssociationCommand({ ...place, roleArn, tags: tagsOf(inputs) });
        return (await eks.send(command)).association?.associationId ?? "";
      },
      find: async () => {
        // A service account has one.
        const [found] = (await eks.send(new ListPodIdentityAssociationsCommand(place))).associations ?? [];
        const id = found?.associationId;
        return id === undefined ? undefined : { id, live: await read(id, clients, inputs) };
      },
    });
  },
  read,
  update: async (associationId, change, clients) => {
    const { clusterName, roleArn } = change.inputs as unknown as Inputs;
    if (hasChanged("roleArn", change)) {
      const command = new UpdatePodIdentityAssociationCommand({ clusterName, associationId, roleArn });
      await (await clients.eks()).send(command);
    }
    await updateTags({ arn: String(change.old["associationArn"]), ...change }, clients);
  },
  delete: async (associationId, clients, last) => {
    const { clusterName } = last as unknown as Inputs;
    const command = new DeletePodIdentityAssociationCommand({ clusterName, associationId });
    await unless(GONE, async () => (await clients.eks()).send(command));
  },
};

async function read(associationId: string, clients: AwsClients, last: Data): Promise<Data | undefined> {
  const { clusterName } = last as Partial<Inputs>;
  const found = await find(
    associationId,
    clusterName === undefined ? await clusterNames(clients) : [clusterName],
    clients,
  );
  if (found === undefined) return undefined;
  return {
    clusterName: found.clusterName,
    namespace: found.namespace,
    serviceAccount: found.serviceAccount,
    roleArn: found.roleArn,
    associationArn: found.associationArn,
    associationId: found.associationId,
    tags: found.tags ?? {},
  };
}

async function find(associationId: string, clusters: readonly string[], clients: AwsClients) {
  const eks = await clients.eks();
  for (const clusterName of clusters) {
    const command = new DescribePodIdentityAssociationCommand({ clusterName, associationId });
    const found = (await unless(GONE, () => eks.send(command)))?.association;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where one may be that is imported: its id does not name its cluster. */
async function clusterNames(clients: AwsClients): Promise<string[]> {
  const names: string[] = [];
  for await (const { clusters = [] } of paginateListClusters({ client: await clients.eks() }, {}))
    names.push(...clusters);
  return names;
}
