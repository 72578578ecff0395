import {
  UpdateNodegroupConfigCommand,
  type UpdateNodegroupConfigRequest,
  UpdateNodegroupVersionCommand,
} from "@aws-sdk/client-eks";
import type { AwsClients } from "../../clients.js";
import { asGiven, isSame } from "../../meaning.js";
import { given } from "../known.js";
import { finished } from "./common.js";
import { type NodeGroupInputs, toTaints } from "./node-group-shapes.js";

export interface NodeGroupChange {
  /** As it is on AWS: what an earlier try changed already is not changed again. */
  readonly live: NodeGroupInputs;
  readonly wanted: NodeGroupInputs;
}

/** Makes a node group what its inputs say: first its version, which rolls over its nodes, then all else. */
export async function changeNodeGroup({ live, wanted }: NodeGroupChange, clients: AwsClients): Promise<void> {
  const { clusterName, nodeGroupName: nodegroupName, forceUpdateVersion: force } = wanted;
  const eks = await clients.eks();
  const version = versionOf(wanted);
  if (!isSame(asGiven(versionOf(live), version), version)) {
    const command = new UpdateNodegroupVersionCommand({ clusterName, nodegroupName, ...version, ...given({ force }) });
    const { update } = await eks.send(command);
    await finished({ clusterName, nodegroupName, update }, clients);
  }
  const config = configChange({ live, wanted });
  if (Object.keys(config).length > 0) {
    const { update } = await eks.send(new UpdateNodegroupConfigCommand({ clusterName, nodegroupName, ...config }));
    await finished({ clusterName, nodegroupName, update }, clients);
  }
}

/** What is to be set and taken away; nothing when it is as it should be. */
export function configChange({ live, wanted }: NodeGroupChange): Partial<UpdateNodegroupConfigRequest> {
  const { scalingConfig, updateConfig } = wanted;
  const isLive = (part: "scalingConfig" | "updateConfig") => isSame(asGiven(live[part], wanted[part]), wanted[part]);
  return given({
    labels: labelChange(live.labels ?? {}, wanted.labels ?? {}),
    taints: taintChange({ live, wanted }),
    scalingConfig: isLive("scalingConfig") ? undefined : scalingConfig,
    updateConfig: updateConfig === undefined || isLive("updateConfig") ? undefined : updateConfig,
  });
}

function versionOf({ version, releaseVersion, launchTemplate }: NodeGroupInputs) {
  return given({ version, releaseVersion, launchTemplate });
}

type Labels = Readonly<Record<string, string>>;

function labelChange(live: Labels, wanted: Labels): UpdateNodegroupConfigRequest["labels"] {
  if (isSame(live, wanted)) return undefined;
  const removeLabels = Object.keys(live).filter((name) => wanted[name] === undefined);
  const changed = Object.entries(wanted).filter(([name, value]) => live[name] !== value);
  return { addOrUpdateLabels: Object.fromEntries(changed), removeLabels };
}

/** A taint is known by its key and its effect; the value alone can change. */
function taintChange({ live, wanted }: NodeGroupChange): UpdateNodegroupConfigRequest["taints"] {
  const [before, after] = [toTaints(live.taints), toTaints(wanted.taints)];
  if (isSame(before, after)) return undefined;
  const isGone = (taint: (typeof before)[number]) =>
    !after.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  const isNew = (taint: (typeof after)[number]) => !before.some((one) => isSame(one, taint));
  return { addOrUpdateTaints: after.filter(isNew), removeTaints: before.filter(isGone) };
}
