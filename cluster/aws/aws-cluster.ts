import * as pulumi from "@pulumi/pulumi";
import { clusterName } from "../../naming.js";
import { eksEntries, kubeconfigOf } from "../../kube/eks-kubeconfig.js";
import { Budget } from "./budget.js";
import { Eks } from "./eks/eks.js";
import { EncryptionKey } from "./encryption-key.js";
import { PodRole } from "./identity/pod-role.js";
import { Kafka } from "./kafka/kafka.js";
import { Network } from "./network/network.js";
import type { AwsPlan } from "./plan/plan.js";
import { environmentsPolicy } from "./policies/environments.js";
import { Datasets } from "./storage/datasets.js";
import { Images } from "./storage/images.js";

export interface AwsClusterArgs {
  readonly plan: AwsPlan;
  /** The account that the stack is applied in, checked (account.ts). */
  readonly account: string;
}

/**
 * All of a shared cluster that is on AWS. What would be lost for good is protected: Kafka, the key and the datasets. A
 * destroy of the stack fails at them in its preview, before it removes anything; `ed8kctl cluster destroy` lifts that.
 */
export class AwsCluster extends pulumi.ComponentResource {
  readonly endpoint: pulumi.Output<string>;
  readonly certificateAuthority: pulumi.Output<string>;
  readonly environmentsRole: pulumi.Output<string>;
  readonly mskCluster: pulumi.Output<string>;
  readonly mskBootstrap: pulumi.Output<string>;
  readonly datasets: pulumi.Output<string>;
  /** Reaches the cluster, as whoever uses it. */
  readonly kubeconfig: pulumi.Output<string>;
  /** What the cluster's objects come after: nodes that they can run on. */
  readonly nodes: pulumi.Resource;

  constructor(name: string, { plan, account }: AwsClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:AwsCluster", name, {}, opts);
    const own = { parent: this };
    const { arn: keyArn } = new EncryptionKey("key", { plan, account }, own);
    const network = new Network("network", { plan, account, keyArn }, own);
    const eks = new Eks("eks", { plan, account, network, keyArn }, own);
    const kafka = new Kafka("kafka", { plan, network, nodeSecurityGroup: eks.nodeSecurityGroup, keyArn }, own);
    const role = createEnvironmentsRole({ plan, account }, own);
    new Images("images", { plan, keyArn }, own);
    this.datasets = new Datasets("datasets", { plan, account, keyArn }, own).bucket;
    new Budget("budget", { plan }, own);
    this.endpoint = eks.endpoint;
    this.certificateAuthority = eks.certificateAuthority;
    this.environmentsRole = role.arn;
    this.mskCluster = kafka.arn;
    this.mskBootstrap = kafka.bootstrap;
    this.kubeconfig = reach(eks, plan);
    this.nodes = eks;
    this.registerOutputs({});
  }
}

/** What environments' associations narrow to their own names. */
function createEnvironmentsRole({ plan, account }: AwsClusterArgs, opts: pulumi.ComponentResourceOptions): PodRole {
  const { name, aws } = plan.settings;
  return new PodRole(
    "environments",
    {
      plan,
      account,
      part: "environments",
      description: "The most that pods of an environment may do; each association narrows it to the environment",
      policy: environmentsPolicy({ account, region: aws.region, kafka: clusterName(name) }),
    },
    opts,
  );
}

function reach(eks: Eks, { settings }: AwsPlan): pulumi.Output<string> {
  const { region } = settings.aws;
  return pulumi
    .all([eks.name, eks.endpoint, eks.certificateAuthority])
    .apply(([cluster, endpoint, certificateAuthority]) =>
      JSON.stringify(
        kubeconfigOf(eksEntries({ cluster, region, endpoint, certificateAuthority }, { context: cluster })),
      ),
    );
}
