import type {
  CreateNodegroupRequest,
  Nodegroup,
  UpdateNodegroupConfigRequest,
  UpdateNodegroupVersionRequest,
} from "@aws-sdk/client-eks";
import { AwsError } from "../aws-error.js";
import { alive, begin, find, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
import { uniqueArn } from "./arns.js";
import {
  type ClusterRecord,
  clusterOf,
  type EksCall,
  type EksOperation,
  type EksShape,
  requireActive,
  required,
  seconds,
} from "./state.js";
import { noteUpdate } from "./updates.js";
import { requireVersion } from "./versions.js";

const GROUPS = "/clusters/{name}/node-groups";
const GROUP = `${GROUPS}/{nodegroup}`;

/** Operations on managed node groups. They are records: no node comes of them. */
export const NODEGROUPS: readonly EksOperation[] = [
  { name: "CreateNodegroup", method: "POST", path: GROUPS, answer: createNodegroup },
  {
    name: "DescribeNodegroup",
    method: "GET",
    path: GROUP,
    readsOnly: true,
    answer: (call) => ({ nodegroup: shown(groupOf(call), call.now) }),
  },
  { name: "ListNodegroups", method: "GET", path: GROUPS, readsOnly: true, answer: listNodegroups },
  { name: "DeleteNodegroup", method: "DELETE", path: GROUP, answer: deleteNodegroup },
  { name: "UpdateNodegroupConfig", method: "POST", path: `${GROUP}/update-config`, answer: updateConfig },
  { name: "UpdateNodegroupVersion", method: "POST", path: `${GROUP}/update-version`, answer: updateVersion },
];

type Group = Lived<EksShape<Nodegroup>>;

function createNodegroup(call: EksCall): object {
  const { now } = call;
  const cluster = clusterOf(call);
  requireActive(cluster, now);
  const { clientRequestToken: _token, ...request } = call.body as EksShape<CreateNodegroupRequest>;
  const name = required(request.nodegroupName, "nodegroupName");
  const nodeRole = required(request.nodeRole, "nodeRole");
  const { nodegroups, cluster: shownCluster } = cluster.value;
  if (find(nodegroups, name, now) !== undefined) {
    throw new AwsError(
      "ResourceInUseException",
      `NodeGroup already exists with name ${name} and cluster name ${shownCluster.name ?? ""}`,
    );
  }
  const version = requireVersion(request.version ?? shownCluster.version ?? "");
  const group: Group = {
    phase: begin("CREATING", now),
    value: {
      ...DEFAULTS,
      ...request,
      clusterName: shownCluster.name ?? "",
      nodegroupName: name,
      nodeRole,
      nodegroupArn: uniqueArn(`nodegroup/${shownCluster.name ?? ""}/${name}`),
      version,
      releaseVersion: request.releaseVersion ?? `${version}.0-20261101`,
      createdAt: seconds(now),
      modifiedAt: seconds(now),
      subnets: request.subnets ?? [],
      tags: request.tags ?? {},
    },
  };
  nodegroups[name] = group;
  return { nodegroup: shown(group, now) };
}

const DEFAULTS = {
  amiType: "AL2023_x86_64_STANDARD",
  capacityType: "ON_DEMAND",
  scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2 },
  updateConfig: { maxUnavailable: 1 },
  labels: {},
  taints: [],
  health: { issues: [] },
} satisfies EksShape<Nodegroup>;

function groupOf(call: EksCall): Group {
  const name = call.params["nodegroup"] ?? "";
  const group = find(clusterOf(call).value.nodegroups, name, call.now);
  if (group !== undefined) return group;
  throw new AwsError("ResourceNotFoundException", `No node group found for name: ${name}.`);
}

function idleGroupOf(call: EksCall): Group {
  const group = groupOf(call);
  const status = statusOf(group, call.now);
  if (status === "ACTIVE") return group;
  throw new AwsError("ResourceInUseException", `Nodegroup cannot be changed: its status is ${status ?? "DELETING"}`);
}

function shown(group: Group, now: number): EksShape<Nodegroup> {
  return { ...group.value, status: statusOf(group, now) ?? "DELETING" };
}

function listNodegroups(call: EksCall): object {
  const names = alive(clusterOf(call).value.nodegroups, call.now).map(({ value }) => value.nodegroupName);
  const { items, ...next } = page(names, call.query);
  return { nodegroups: items, ...next };
}

function deleteNodegroup(call: EksCall): object {
  const group = idleGroupOf(call);
  group.phase = begin("DELETING", call.now);
  return { nodegroup: shown(group, call.now) };
}

function updateConfig(call: EksCall): object {
  const group = idleGroupOf(call);
  const {
    labels,
    taints,
    scalingConfig,
    updateConfig: rollout,
    nodeRepairConfig,
  } = call.body as EksShape<UpdateNodegroupConfigRequest>;
  const { value } = group;
  const removed = new Set(labels?.removeLabels);
  const kept = Object.entries(value.labels ?? {}).filter(([name]) => !removed.has(name));
  value.labels = { ...Object.fromEntries(kept), ...labels?.addOrUpdateLabels };
  const gone = [...(taints?.removeTaints ?? []), ...(taints?.addOrUpdateTaints ?? [])];
  const isGone = (taint: (typeof gone)[number]) =>
    gone.some((one) => one.key === taint.key && one.effect === taint.effect);
  value.taints = [...(value.taints ?? []).filter((taint) => !isGone(taint)), ...(taints?.addOrUpdateTaints ?? [])];
  value.scalingConfig = { ...value.scalingConfig, ...scalingConfig };
  if (rollout !== undefined) value.updateConfig = rollout;
  if (nodeRepairConfig !== undefined) value.nodeRepairConfig = nodeRepairConfig;
  return updated(call, group, "ConfigUpdate");
}

function updateVersion(call: EksCall): object {
  const group = idleGroupOf(call);
  const { version, releaseVersion, launchTemplate } = call.body as EksShape<UpdateNodegroupVersionRequest>;
  const { cluster } = clusterOf(call).value;
  const wanted = requireVersion(version ?? cluster.version ?? "");
  if (wanted !== cluster.version && wanted !== group.value.version) {
    throw new AwsError(
      "InvalidParameterException",
      `Nodegroup Kubernetes version ${wanted} must be that of the cluster, ${cluster.version ?? ""}`,
    );
  }
  group.value.version = wanted;
  group.value.releaseVersion = releaseVersion ?? `${wanted}.0-20261101`;
  if (launchTemplate !== undefined) group.value.launchTemplate = launchTemplate;
  return updated(call, group, "VersionUpdate");
}

function updated(call: EksCall, group: Group, type: "ConfigUpdate" | "VersionUpdate"): object {
  group.phase = begin("UPDATING", call.now);
  group.value.modifiedAt = seconds(call.now);
  const record: ClusterRecord = clusterOf(call).value;
  return noteUpdate(record, { type, params: call.body as object, now: call.now });
}
