import type { CreateClusterRequest, UpdateClusterConfigRequest } from "@aws-sdk/client-eks";
import { AwsError } from "../aws-error.js";
import { alive, begin, find, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
import { eksArn } from "./arns.js";
import { grantCreator } from "./access-entries.js";
import { allLogging } from "./logging.js";
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
import { beginUpdate } from "./updates.js";
import { newestVersion, requireNextMinor, requireVersion } from "./versions.js";

/** Operations on clusters themselves. https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html */
export const CLUSTERS: readonly EksOperation[] = [
  { name: "CreateCluster", method: "POST", path: "/clusters", answer: createCluster },
  { name: "DescribeCluster", method: "GET", path: "/clusters/{name}", readsOnly: true, answer: describeCluster },
  { name: "ListClusters", method: "GET", path: "/clusters", readsOnly: true, answer: listClusters },
  { name: "DeleteCluster", method: "DELETE", path: "/clusters/{name}", answer: deleteCluster },
  { name: "UpdateClusterConfig", method: "POST", path: "/clusters/{name}/update-config", answer: updateConfig },
  { name: "UpdateClusterVersion", method: "POST", path: "/clusters/{name}/updates", answer: updateVersion },
  {
    name: "AssociateEncryptionConfig",
    method: "POST",
    path: "/clusters/{name}/encryption-config/associate",
    answer: associateEncryption,
  },
];

async function createCluster({ state, body, now, world }: EksCall): Promise<object> {
  const request = body as EksShape<CreateClusterRequest>;
  const name = required(request.name, "name");
  if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
    throw new AwsError(
      "InvalidParameterException",
      `The cluster name ${name} must match ^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$`,
    );
  }
  const roleArn = required(request.roleArn, "roleArn");
  const version = requireVersion(request.version ?? newestVersion());
  const { subnetIds = [], ...vpcConfig } = request.resourcesVpcConfig ?? {};
  if (subnetIds.length < 2) {
    throw new AwsError("InvalidParameterException", "Subnets specified must be in at least two different AZs");
  }
  requireFree(state.clusters, name, now);
  const [{ vpc: vpcId }, caller] = await Promise.all([world.placeOf(subnetIds), world.caller()]);
  const clusterSecurityGroupId = await world.createGroup({ name: `eks-cluster-sg-${name}`, vpc: vpcId });
  requireFree(state.clusters, name, now);
  const { bootstrapSelfManagedAddons: _addOns, clientRequestToken: _token, accessConfig, ...kept } = request;
  const lived: Lived<ClusterRecord> = {
    phase: begin("CREATING", now),
    value: {
      cluster: {
        ...DEFAULTS,
        ...(kept as EksShape<object>),
        name,
        roleArn,
        version,
        arn: eksArn(`cluster/${name}`),
        createdAt: seconds(now),
        tags: request.tags ?? {},
        logging: allLogging(request.logging),
        accessConfig: {
          bootstrapClusterCreatorAdminPermissions: true,
          authenticationMode: "CONFIG_MAP",
          ...accessConfig,
        },
        resourcesVpcConfig: { ...VPC_DEFAULTS, ...vpcConfig, subnetIds, vpcId, clusterSecurityGroupId },
      },
      nodegroups: {},
      addons: {},
      access: {},
      associations: {},
      updates: {},
    },
  };
  if (lived.value.cluster.accessConfig?.bootstrapClusterCreatorAdminPermissions === true)
    grantCreator(lived.value, caller, now);
  state.clusters[name] = lived;
  return { cluster: shown(lived, now) };
}

const DEFAULTS = {
  platformVersion: "eks.1",
  upgradePolicy: { supportType: "EXTENDED" },
  kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", ipFamily: "ipv4" },
  deletionProtection: false,
  health: { issues: [] },
} satisfies EksShape<ClusterRecord["cluster"]>;

const VPC_DEFAULTS = {
  securityGroupIds: [],
  endpointPublicAccess: true,
  endpointPrivateAccess: false,
  publicAccessCidrs: ["0.0.0.0/0"],
};

function requireFree(clusters: EksCall["state"]["clusters"], name: string, now: number): void {
  if (find(clusters, name, now) === undefined) return;
  throw new AwsError("ResourceInUseException", `Cluster already exists with name: ${name}`);
}

/** While it is made a cluster has neither endpoint nor certificate, as on EKS. */
function describeCluster(call: EksCall): object {
  const lived = clusterOf(call);
  const shownNow = shown(lived, call.now);
  if (shownNow.status === "CREATING") return { cluster: shownNow };
  const { endpoint, authority } = call.world.apiServer();
  return { cluster: { ...shownNow, endpoint, certificateAuthority: { data: authority } } };
}

function shown(lived: Lived<ClusterRecord>, now: number): ClusterRecord["cluster"] {
  const { cluster } = lived.value;
  const isPrivate = cluster.resourcesVpcConfig?.endpointPublicAccess === false;
  return {
    ...cluster,
    status: statusOf(lived, now) ?? "DELETING",
    resourcesVpcConfig: { ...cluster.resourcesVpcConfig, ...(isPrivate ? { publicAccessCidrs: [] } : {}) },
  };
}

function listClusters({ state, query, now }: EksCall): object {
  const names = alive(state.clusters, now).map(({ value }) => value.cluster.name ?? "");
  const { items, ...next } = page(names, query);
  return { clusters: items, ...next };
}

async function deleteCluster(call: EksCall): Promise<object> {
  const lived = clusterOf(call);
  const { cluster, nodegroups } = lived.value;
  requireActive(lived, call.now);
  if (cluster.deletionProtection === true) {
    throw new AwsError("InvalidRequestException", `Cluster ${cluster.name ?? ""} has deletion protection`);
  }
  if (alive(nodegroups, call.now).length > 0) {
    throw new AwsError("ResourceInUseException", "Cluster has nodegroups attached");
  }
  lived.phase = begin("DELETING", call.now);
  const group = cluster.resourcesVpcConfig?.clusterSecurityGroupId;
  if (group !== undefined) await call.world.deleteGroup(group);
  return { cluster: shown(lived, call.now) };
}

/** EKS takes one kind of change at a time. */
async function updateConfig(call: EksCall): Promise<object> {
  const lived = clusterOf(call);
  const { cluster } = lived.value;
  const {
    clientRequestToken: _token,
    resourcesVpcConfig,
    logging,
    accessConfig,
    ...rest
  } = call.body as EksShape<UpdateClusterConfigRequest>;
  const kinds = Object.keys({ ...rest, ...defined({ resourcesVpcConfig, logging, accessConfig }) });
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    throw new AwsError("InvalidParameterException", "Exactly one type of update must be given");
  }
  const type = kind in CHANGES ? CHANGES[kind as keyof typeof CHANGES] : undefined;
  if (type === undefined) throw new AwsError("UnsupportedOperation", `the sandbox cannot change ${kind} of a cluster`);
  await requirePlace(cluster, { subnets: resourcesVpcConfig?.subnetIds, world: call.world });
  requireActive(lived, call.now);
  if (logging !== undefined) cluster.logging = allLogging(logging, cluster.logging);
  else if (resourcesVpcConfig !== undefined)
    cluster.resourcesVpcConfig = { ...cluster.resourcesVpcConfig, ...resourcesVpcConfig };
  else if (accessConfig !== undefined) cluster.accessConfig = { ...cluster.accessConfig, ...accessConfig };
  else Object.assign(cluster, rest);
  return beginUpdate(lived, { type, params: call.body as object, now: call.now });
}

/** A cluster stays in its VPC, and in the zones that it was made in. @throws AwsError otherwise */
async function requirePlace(
  { resourcesVpcConfig }: ClusterRecord["cluster"],
  { subnets, world }: { readonly subnets: readonly string[] | undefined; readonly world: EksCall["world"] },
): Promise<void> {
  if (subnets === undefined) return;
  const [before, after] = await Promise.all([
    world.placeOf(resourcesVpcConfig?.subnetIds ?? []),
    world.placeOf(subnets),
  ]);
  const others = [...after.zones].filter((zone) => !before.zones.has(zone));
  if (before.vpc === after.vpc && others.length === 0) return;
  throw new AwsError(
    "InvalidParameterException",
    `Provided subnets must be in the VPC and in the availability zones that the cluster was made in: ${[...before.zones].toSorted().join(", ")}`,
  );
}

/** What can be changed of a cluster, and what EKS calls such an update. */
const CHANGES = {
  resourcesVpcConfig: "VpcConfigUpdate",
  logging: "LoggingUpdate",
  accessConfig: "AccessConfigUpdate",
  upgradePolicy: "UpgradePolicyUpdate",
  deletionProtection: "DeletionProtectionUpdate",
} as const;

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function updateVersion(call: EksCall): object {
  const lived = clusterOf(call);
  requireActive(lived, call.now);
  const { cluster } = lived.value;
  const { version = "" } = call.body as { readonly version?: string };
  requireNextMinor(cluster.version ?? "", version);
  cluster.version = version;
  return beginUpdate(lived, { type: "VersionUpdate", params: { Version: version }, now: call.now });
}

function associateEncryption(call: EksCall): object {
  const lived = clusterOf(call);
  requireActive(lived, call.now);
  const { cluster } = lived.value;
  if ((cluster.encryptionConfig ?? []).length > 0) {
    throw new AwsError("InvalidParameterException", "Encryption is already enabled for this cluster");
  }
  const { encryptionConfig } = call.body as { readonly encryptionConfig: NonNullable<typeof cluster.encryptionConfig> };
  cluster.encryptionConfig = encryptionConfig;
  return beginUpdate(lived, { type: "AssociateEncryptionConfig", params: { encryptionConfig }, now: call.now });
}
