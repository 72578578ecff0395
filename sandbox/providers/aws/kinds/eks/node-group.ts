import {
  CreateNodegroupCommand,
  DeleteNodegroupCommand,
  DescribeNodegroupCommand,
  type Nodegroup,
} from "@aws-sdk/client-eks";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { retryOn, unless, until } from "../../wait.js";
import { given } from "../known.js";
import { createOnce } from "../once.js";
import { tagsOf } from "../tags.js";
import { GONE, IN_USE, LONG_SECONDS, partsOf, updateTags } from "./common.js";
import { changeNodeGroup } from "./node-group-changes.js";
import { fromNodeGroup, type NodeGroupInputs, refuseUnknownParts, toTaints } from "./node-group-shapes.js";

/** Nodes that EKS makes and keeps; its id is `<cluster>:<group>`. */
export const nodeGroup: AwsKind = {
  type: "aws:eks/nodeGroup:NodeGroup",
  inputs: {
    clusterName: "replace",
    nodeGroupName: "replace",
    nodeRoleArn: "replace",
    subnetIds: "replace",
    amiType: "replace",
    capacityType: "replace",
    instanceTypes: "replace",
    diskSize: "replace",
    version: "update",
    releaseVersion: "update",
    forceUpdateVersion: "update",
    launchTemplate: "update",
    "launchTemplate.id": "replace",
    scalingConfig: "update",
    updateConfig: "update",
    labels: "update",
    taints: "update",
    tags: "update",
  },
  required: ["clusterName", "nodeGroupName", "nodeRoleArn", "subnetIds", "scalingConfig"],
  computed: ["arn", "resources", "status"],
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { clusterName, nodeGroupName } = inputs as unknown as NodeGroupInputs;
    const id = `${clusterName}:${nodeGroupName}`;
    const eks = await clients.eks();
    const command = createCommand(inputs);
    return createOnce({
      taken: IN_USE,
      inputs,
      make: async () => {
        await eks.send(command);
        return id;
      },
      find: async () => ({ id, live: await read(id, clients, inputs) }),
    });
  },
  settle: async (id, clients) => {
    const wait = { what: `node group ${id} to be ACTIVE`, seconds: LONG_SECONDS, signal: clients.signal };
    await until(wait, async () => {
      const found = await describe(id, clients);
      if (found?.status !== "CREATE_FAILED") return found?.status === "ACTIVE" ? true : undefined;
      const reasons = (found.health?.issues ?? []).map(({ code = "", message = "" }) => `${code} ${message}`);
      throw new UserError(`It has failed: ${reasons.join("; ")}`);
    });
  },
  read,
  update: async (id, { old, inputs }, clients) => {
    const wanted = inputs as unknown as NodeGroupInputs;
    refuseUnknownParts(wanted);
    const found = await describe(id, clients);
    if (found === undefined) throw new UserError(`Node group ${id} is gone`);
    await changeNodeGroup({ live: fromNodeGroup(found) as unknown as NodeGroupInputs, wanted }, clients);
    await updateTags({ arn: found.nodegroupArn ?? "", old, inputs }, clients);
  },
  delete: async (id, clients) => {
    const [clusterName, nodegroupName] = partsOf(id);
    const eks = await clients.eks();
    const wait = { what: `node group ${id} to be gone`, seconds: LONG_SECONDS, signal: clients.signal };
    const attempt = () => eks.send(new DeleteNodegroupCommand({ clusterName, nodegroupName }));
    await unless(GONE, () => retryOn(IN_USE, wait, attempt));
    await until(wait, async () => ((await describe(id, clients)) === undefined ? true : undefined));
  },
};

function createCommand(inputs: Data): CreateNodegroupCommand {
  const wanted = inputs as unknown as NodeGroupInputs;
  refuseUnknownParts(wanted);
  const { amiType, capacityType, diskSize, version, releaseVersion, launchTemplate, updateConfig, labels } = wanted;
  return new CreateNodegroupCommand({
    clusterName: wanted.clusterName,
    nodegroupName: wanted.nodeGroupName,
    nodeRole: wanted.nodeRoleArn,
    subnets: [...wanted.subnetIds],
    scalingConfig: wanted.scalingConfig,
    ...given({ amiType, capacityType, diskSize, version, releaseVersion, launchTemplate, updateConfig, labels }),
    ...given({ instanceTypes: wanted.instanceTypes && [...wanted.instanceTypes] }),
    taints: toTaints(wanted.taints),
    tags: tagsOf(inputs),
  });
}

async function read(id: string, clients: AwsClients, last: Data = {}): Promise<Data | undefined> {
  const found = await describe(id, clients);
  // How an update is to be made is not kept by AWS.
  return found && { ...fromNodeGroup(found), ...given({ forceUpdateVersion: last["forceUpdateVersion"] }) };
}

async function describe(id: string, clients: AwsClients): Promise<Nodegroup | undefined> {
  const [clusterName, nodegroupName] = partsOf(id);
  const eks = await clients.eks();
  const command = new DescribeNodegroupCommand({ clusterName, nodegroupName });
  return (await unless(GONE, () => eks.send(command)))?.nodegroup;
}
