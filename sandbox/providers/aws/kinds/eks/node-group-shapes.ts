import type {
  AMITypes,
  CapacityTypes,
  Nodegroup,
  NodegroupScalingConfig,
  NodegroupUpdateConfig,
  Taint,
  TaintEffect,
} from "@aws-sdk/client-eks";
import type { Data } from "../../kind.js";
import { given, refuseUnknown } from "../known.js";

export interface NodeTaint {
  readonly key: string;
  readonly value?: string;
  readonly effect: TaintEffect;
}

/** A node group's inputs, as programs write them. */
export interface NodeGroupInputs {
  readonly clusterName: string;
  readonly nodeGroupName: string;
  readonly nodeRoleArn: string;
  readonly subnetIds: readonly string[];
  readonly amiType?: AMITypes;
  readonly capacityType?: CapacityTypes;
  readonly instanceTypes?: readonly string[];
  /** GiB. */
  readonly diskSize?: number;
  readonly version?: string;
  readonly releaseVersion?: string;
  readonly forceUpdateVersion?: boolean;
  readonly launchTemplate?: { readonly id: string; readonly version: string };
  readonly scalingConfig: Required<NodegroupScalingConfig>;
  readonly updateConfig?: Pick<NodegroupUpdateConfig, "maxUnavailable" | "maxUnavailablePercentage">;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly NodeTaint[];
}

/** @throws UserError for what the sandbox does not have inside an input */
export function refuseUnknownParts(inputs: NodeGroupInputs): void {
  refuseUnknown("launchTemplate", inputs.launchTemplate, ["id", "version"]);
  refuseUnknown("scalingConfig", inputs.scalingConfig, ["minSize", "maxSize", "desiredSize"]);
  refuseUnknown("updateConfig", inputs.updateConfig, ["maxUnavailable", "maxUnavailablePercentage"]);
  refuseUnknown("taints", inputs.taints, ["key", "value", "effect"]);
}

export function toTaints(taints: readonly NodeTaint[] = []): Taint[] {
  return taints.map(({ key, value, effect }) => ({ key, effect, ...given({ value }) }));
}

/** What AWS says of a node group, as its inputs and outputs. */
export function fromNodeGroup(found: Nodegroup): Data {
  const { launchTemplate, resources, taints = [] } = found;
  return given({
    clusterName: found.clusterName,
    nodeGroupName: found.nodegroupName,
    nodeRoleArn: found.nodeRole,
    subnetIds: found.subnets,
    amiType: found.amiType,
    capacityType: found.capacityType,
    instanceTypes: found.instanceTypes,
    diskSize: found.diskSize,
    version: found.version,
    releaseVersion: found.releaseVersion,
    launchTemplate: launchTemplate && { id: launchTemplate.id, version: launchTemplate.version },
    scalingConfig: found.scalingConfig,
    updateConfig: found.updateConfig,
    labels: found.labels ?? {},
    taints: taints.map(({ key, value, effect }) => given({ key, value, effect })),
    arn: found.nodegroupArn,
    status: found.status,
    resources: resources === undefined ? [] : [{ autoscalingGroups: resources.autoScalingGroups ?? [] }],
    tags: found.tags ?? {},
  });
}
