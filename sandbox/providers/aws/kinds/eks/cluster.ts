import { type Cluster, CreateClusterCommand, DeleteClusterCommand, DescribeClusterCommand } from "@aws-sdk/client-eks";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { retryOn, unless, until } from "../../wait.js";
import { given } from "../known.js";
import { createOnce } from "../once.js";
import { tagsOf } from "../tags.js";
import { changeCluster } from "./cluster-changes.js";
import {
  type ClusterInputs,
  fromCluster,
  refuseUnknownParts,
  toEncryption,
  toLogging,
  toVpcConfig,
} from "./cluster-shapes.js";
import { GONE, IN_USE, LONG_SECONDS, updateTags } from "./common.js";

/** An EKS cluster: its control plane alone. Its id is its name. */
export const cluster: AwsKind = {
  type: "aws:eks/cluster:Cluster",
  inputs: {
    name: "replace",
    roleArn: "replace",
    version: "update",
    vpcConfig: "update",
    accessConfig: "update",
    "accessConfig.bootstrapClusterCreatorAdminPermissions": "replace",
    bootstrapSelfManagedAddons: "replace",
    enabledClusterLogTypes: "update",
    encryptionConfig: "update",
    kubernetesNetworkConfig: "replace",
    upgradePolicy: "update",
    deletionProtection: "update",
    tags: "update",
  },
  required: ["name", "roleArn", "vpcConfig"],
  defaults: { bootstrapSelfManagedAddons: true },
  computed: [
    "arn",
    "certificateAuthority",
    "createdAt",
    "endpoint",
    "identities",
    "platformVersion",
    "status",
    "vpcConfig.clusterSecurityGroupId",
    "vpcConfig.vpcId",
  ],
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const wanted = inputs as unknown as ClusterInputs;
    refuseUnknownParts(wanted);
    const eks = await clients.eks();
    const command = createCommand(inputs);
    return createOnce({
      taken: IN_USE,
      inputs: { name: wanted.name, roleArn: wanted.roleArn, tags: tagsOf(inputs) },
      make: async () => {
        await eks.send(command);
        return wanted.name;
      },
      find: async () => ({ id: wanted.name, live: await read(wanted.name, clients) }),
    });
  },
  settle: async (name, clients) => {
    await until({ what: `cluster ${name} to be ACTIVE`, seconds: LONG_SECONDS, signal: clients.signal }, async () => {
      const found = await describe(name, clients);
      if (found?.status !== "FAILED") return found?.status === "ACTIVE" ? true : undefined;
      const reasons = (found.health?.issues ?? []).map(({ code = "", message = "" }) => `${code} ${message}`);
      throw new UserError(`It has failed: ${reasons.join("; ")}`);
    });
  },
  read,
  update: async (name, { old, inputs }, clients) => {
    const wanted = inputs as unknown as ClusterInputs;
    refuseUnknownParts(wanted);
    const found = await describe(name, clients);
    if (found === undefined) throw new UserError(`Cluster ${name} is gone`);
    await changeCluster({ name, live: fromCluster(found) as unknown as ClusterInputs, wanted }, clients);
    await updateTags({ arn: found.arn ?? "", old, inputs }, clients);
  },
  delete: async (name, clients) => {
    const eks = await clients.eks();
    const wait = { what: `cluster ${name} to be gone`, seconds: LONG_SECONDS, signal: clients.signal };
    // While node groups are on their way out, and while it is being changed.
    const attempt = () => eks.send(new DeleteClusterCommand({ name }));
    await unless(GONE, () => retryOn(IN_USE, { ...wait, seconds: BUSY_SECONDS }, attempt));
    await until(wait, async () => ((await describe(name, clients)) === undefined ? true : undefined));
  },
};

const BUSY_SECONDS = 15 * 60;

function createCommand(inputs: Data): CreateClusterCommand {
  const wanted = inputs as unknown as ClusterInputs;
  const { name, roleArn, version, upgradePolicy, accessConfig, kubernetesNetworkConfig } = wanted;
  return new CreateClusterCommand({
    name,
    roleArn,
    resourcesVpcConfig: toVpcConfig(wanted),
    ...given({
      version,
      upgradePolicy,
      accessConfig,
      kubernetesNetworkConfig,
      encryptionConfig: toEncryption(wanted),
      logging: wanted.enabledClusterLogTypes && toLogging(wanted),
      deletionProtection: wanted.deletionProtection,
      bootstrapSelfManagedAddons: wanted.bootstrapSelfManagedAddons,
    }),
    tags: tagsOf(inputs),
  });
}

async function read(name: string, clients: AwsClients, last: Data = {}): Promise<Data | undefined> {
  const found = await describe(name, clients);
  if (found === undefined) return undefined;
  // Said when it is made, and never again.
  return { ...fromCluster(found), bootstrapSelfManagedAddons: last["bootstrapSelfManagedAddons"] ?? true };
}

async function describe(name: string, clients: AwsClients): Promise<Cluster | undefined> {
  const eks = await clients.eks();
  return (await unless(GONE, () => eks.send(new DescribeClusterCommand({ name }))))?.cluster;
}
