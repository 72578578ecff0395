import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { EksClusterConfig } from "../config.js";
import type { PlannedObject } from "../environments/plan/types.js";
import { UserError } from "../errors.js";
import { clusterName } from "../naming.js";
import { EKS_VERSIONS } from "../versions.js";
import { askCaller, requireAccount } from "./aws/account.js";
import { AwsCluster } from "./aws/aws-cluster.js";
import { requireCreator } from "./aws/creator.js";
import { type AwsPlan, planAws } from "./aws/plan/plan.js";
import { awsProvider } from "./aws/provider.js";
import { requireReachable } from "./aws/reachable.js";
import { Cluster } from "./cluster.js";
import { configFacts } from "./decide.js";
import { IDENTITY_NAMESPACE } from "./identity.js";
import { CLUSTER_OUTPUT, type ClusterFacts, type WithoutPlatform } from "./outputs.js";
import { planEksPlatform } from "./platform/add-ons/platform.js";
import { ownClusterProvider } from "./provider.js";
import { toRunError } from "./run-error.js";

/** What a cluster stack that makes its cluster itself consists of. */
export interface OwnClusterPlan {
  readonly config: EksClusterConfig;
  readonly aws: AwsPlan;
  /** The account that it is applied in. */
  readonly account: string;
  /** What the cluster runs for all environments; absent: the AWS parts are applied alone. */
  readonly platform?: readonly PlannedObject[];
}

/**
 * The program of a cluster stack that makes its cluster itself.
 * @throws UserError, before anything is registered, when the config is wrong, or whoever asks cannot apply it
 */
export async function ownClusterProgram(config: EksClusterConfig): Promise<Record<string, unknown>> {
  const aws = planAws(config.settings);
  const caller = await askCaller(config.settings.aws.region);
  const account = await requireAccount(config.settings, () => Promise.resolve(caller));
  await requireCreator(config.settings, caller).catch(refuseUnlessPreview);
  const base = { config, aws, account };
  if (!config.platform) return registerOwnCluster(base, requireReachable);
  const platform = await planEksPlatform(config, { warn: (message) => void pulumi.log.warn(message) });
  return registerOwnCluster({ ...base, platform }, requireReachable);
}

/** A preview makes nothing, and whoever looks at it need not be who applies it. */
function refuseUnlessPreview(error: unknown): void {
  if (!(error instanceof UserError) || !pulumi.runtime.isDryRun()) throw error;
  void pulumi.log.warn(error.message);
}

/**
 * Registers what is planned; its one output is what environments need to know.
 * @param reachable fails when the API server does not answer here
 */
export function registerOwnCluster(
  { config, aws: plan, account, platform }: OwnClusterPlan,
  reachable: typeof requireReachable,
): Record<string, unknown> {
  const { name, settings } = config;
  const provider = awsProvider({ account, region: settings.aws.region });
  const made = new AwsCluster(name, { plan, account }, { providers: [provider] });
  if (platform === undefined) {
    return { [CLUSTER_OUTPUT]: { name, platform: false } satisfies WithoutPlatform };
  }
  const kubeconfig = pulumi
    .all([made.kubeconfig, made.endpoint])
    .apply(([text, endpoint]) => reachable(name, endpoint).then(() => text, failRun));
  const cluster = ownClusterProvider(kubeconfig, [made.nodes]);
  new Cluster(name, { platform, provider: cluster });
  const { metadata } = kubernetes.core.v1.Namespace.get(IDENTITY_NAMESPACE, IDENTITY_NAMESPACE, { provider: cluster });
  return { [CLUSTER_OUTPUT]: facts({ config, aws: plan, account }, made, metadata.uid) };
}

/** What is thrown once the program has ended is printed as it is by Pulumi's runner, not by `stackProgram`. */
function failRun(error: unknown): never {
  throw error instanceof UserError ? toRunError(error) : error;
}

function facts(
  { config, aws, account }: OwnClusterPlan,
  made: AwsCluster,
  uid: pulumi.Output<string>,
): pulumi.Output<ClusterFacts> {
  const { region } = config.settings.aws;
  const { endpoint, certificateAuthority, environmentsRole, mskCluster, mskBootstrap, datasets } = made;
  return pulumi
    .output({ uid, endpoint, certificateAuthority, environmentsRole, mskCluster, mskBootstrap, datasets })
    .apply(({ uid: seen, ...outputs }) => ({
      ...configFacts(config),
      uid: seen,
      kubernetesVersion: EKS_VERSIONS[config.settings.eks.version]?.kubernetes ?? config.settings.eks.version,
      aws: {
        account,
        region,
        cluster: clusterName(config.name),
        ...outputs,
        partitionBudget: aws.partitionBudget,
        registry: `${account}.dkr.ecr.${region}.amazonaws.com`,
      },
    }));
}
