import type { SecurityGroup } from "@pulumi/aws/ec2/index.js";
import { Cluster } from "@pulumi/aws/eks/cluster.js";
import type { ClusterArgs } from "@pulumi/eks";
import { output, type ResourceOptions } from "@pulumi/pulumi";
import type { ServiceRole } from "./service-role.js";

export interface EksClusterParts {
  /** The component's own inputs. */
  readonly args: ClusterArgs;
  readonly role: ServiceRole;
}

/** The component's EKS cluster itself. */
export function createEksCluster(name: string, { args, role }: EksClusterParts, opts: ResourceOptions): Cluster {
  const { clusterSecurityGroup, encryptionConfigKeyArn: key, subnetIds = [], tags = {} } = args;
  return new Cluster(
    `${name}-eksCluster`,
    {
      roleArn: role.role.arn,
      vpcConfig: {
        subnetIds,
        ...given({
          securityGroupIds: clusterSecurityGroup && [idOf(clusterSecurityGroup)],
          endpointPrivateAccess: args.endpointPrivateAccess,
          endpointPublicAccess: args.endpointPublicAccess,
        }),
      },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      bootstrapSelfManagedAddons: true,
      ...given({
        name: args.name,
        version: args.version,
        enabledClusterLogTypes: args.enabledClusterLogTypes,
        encryptionConfig: key === undefined ? undefined : { provider: { keyArn: key }, resources: ["secrets"] },
        upgradePolicy: args.upgradePolicy,
      }),
      tags: output(tags).apply((own) => ({ Name: `${name}-eksCluster`, ...own })),
    },
    {
      ...opts,
      dependsOn: [role.ready],
      // Both are said when a cluster is made, and never again.
      ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
    },
  );
}

function idOf(group: NonNullable<ClusterArgs["clusterSecurityGroup"]>) {
  return output(group as SecurityGroup).apply(({ id }) => id);
}

/** Without fields that are `undefined`. */
function given<T extends object>(fields: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}
