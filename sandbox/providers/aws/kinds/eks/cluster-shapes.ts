import type {
  AuthenticationMode,
  Cluster,
  EncryptionConfig,
  IpFamily,
  Logging,
  LogType,
  SupportType,
  VpcConfigRequest,
} from "@aws-sdk/client-eks";
import type { Data } from "../../kind.js";
import { given, refuseUnknown } from "../known.js";

/** A cluster's inputs, as programs write them. */
export interface ClusterInputs {
  readonly name: string;
  readonly roleArn: string;
  readonly version?: string;
  readonly vpcConfig: {
    readonly subnetIds: readonly string[];
    readonly securityGroupIds?: readonly string[];
    readonly endpointPrivateAccess?: boolean;
    readonly endpointPublicAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
  readonly accessConfig?: {
    readonly authenticationMode?: AuthenticationMode;
    readonly bootstrapClusterCreatorAdminPermissions?: boolean;
  };
  readonly bootstrapSelfManagedAddons?: boolean;
  readonly enabledClusterLogTypes?: readonly LogType[];
  readonly encryptionConfig?: {
    readonly provider: { readonly keyArn: string };
    readonly resources: readonly string[];
  };
  readonly kubernetesNetworkConfig?: { readonly serviceIpv4Cidr?: string; readonly ipFamily?: IpFamily };
  readonly upgradePolicy?: { readonly supportType?: SupportType };
  readonly deletionProtection?: boolean;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html */
const LOG_TYPES: readonly LogType[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** @throws UserError for what the sandbox does not have inside an input */
export function refuseUnknownParts(inputs: ClusterInputs): void {
  refuseUnknown("vpcConfig", inputs.vpcConfig, [
    "subnetIds",
    "securityGroupIds",
    "endpointPrivateAccess",
    "endpointPublicAccess",
    "publicAccessCidrs",
  ]);
  refuseUnknown("accessConfig", inputs.accessConfig, ["authenticationMode", "bootstrapClusterCreatorAdminPermissions"]);
  refuseUnknown("encryptionConfig", inputs.encryptionConfig, ["provider", "resources"]);
  refuseUnknown("kubernetesNetworkConfig", inputs.kubernetesNetworkConfig, ["serviceIpv4Cidr", "ipFamily"]);
  refuseUnknown("upgradePolicy", inputs.upgradePolicy, ["supportType"]);
}

/** Where the control plane is, and who reaches it from where. */
export function toVpcConfig({ vpcConfig }: ClusterInputs): VpcConfigRequest {
  return { ...toSubnets(vpcConfig), ...toEndpoint(vpcConfig) };
}

export function toSubnets({ subnetIds, securityGroupIds = [] }: ClusterInputs["vpcConfig"]): VpcConfigRequest {
  return { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
}

export function toEndpoint(vpcConfig: ClusterInputs["vpcConfig"]): VpcConfigRequest {
  const { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs } = vpcConfig;
  return given({
    endpointPrivateAccess,
    endpointPublicAccess,
    publicAccessCidrs: publicAccessCidrs && [...publicAccessCidrs],
  });
}

/** AWS keeps what it is not told, so those that are off are named too. */
export function toLogging({ enabledClusterLogTypes: enabled = [] }: ClusterInputs): Logging {
  const off = LOG_TYPES.filter((type) => !enabled.includes(type));
  return { clusterLogging: [...group(enabled, true), ...group(off, false)] };
}

function group(types: readonly LogType[], enabled: boolean): { types: LogType[]; enabled: boolean }[] {
  return types.length === 0 ? [] : [{ types: [...types], enabled }];
}

export function toEncryption({ encryptionConfig }: ClusterInputs): EncryptionConfig[] | undefined {
  if (encryptionConfig === undefined) return undefined;
  const { provider, resources } = encryptionConfig;
  return [{ provider: { keyArn: provider.keyArn }, resources: [...resources] }];
}

/** What AWS says of a cluster, as its inputs and outputs. */
export function fromCluster(found: Cluster): Data {
  const { logging, encryptionConfig: [encryption] = [], accessConfig, identity } = found;
  return given({
    name: found.name,
    roleArn: found.roleArn,
    version: found.version,
    vpcConfig: found.resourcesVpcConfig,
    accessConfig: given({
      authenticationMode: accessConfig?.authenticationMode,
      bootstrapClusterCreatorAdminPermissions: accessConfig?.bootstrapClusterCreatorAdminPermissions,
    }),
    enabledClusterLogTypes: (logging?.clusterLogging ?? []).flatMap(({ types = [], enabled }) =>
      enabled ? types : [],
    ),
    encryptionConfig: encryption && {
      provider: { keyArn: encryption.provider?.keyArn },
      resources: encryption.resources,
    },
    kubernetesNetworkConfig: found.kubernetesNetworkConfig,
    upgradePolicy: found.upgradePolicy,
    deletionProtection: found.deletionProtection,
    tags: found.tags ?? {},
    arn: found.arn,
    endpoint: found.endpoint,
    certificateAuthority: { data: found.certificateAuthority?.data },
    createdAt: found.createdAt?.toISOString(),
    identities: [{ oidcs: identity?.oidc === undefined ? [] : [{ issuer: identity.oidc.issuer }] }],
    platformVersion: found.platformVersion,
    status: found.status,
  });
}
