import { z } from "zod";
import type { ImageRule } from "../environments/bend/images.js";
import { UserError } from "../errors.js";

/** The name of the output of a cluster stack that holds its `ClusterFacts`. */
export const CLUSTER_OUTPUT = "cluster";

const schema = z.strictObject({
  /** Name of the cluster stack. */
  name: z.string(),
  /** Context that reaches the cluster, in the kubeconfig of whoever works on it. */
  context: z.string(),
  /** uid of the namespace `kube-system`: the identity of the cluster, which no other cluster has. */
  uid: z.string(),
  /** Version of the API server, such as `1.36.3`; charts are rendered for it. */
  kubernetesVersion: z.string(),
  /** Environments are reached at `<service>--<environment>.<domain>`. */
  domain: z.string(),
  /** IngressClass that serves the environments' hosts. */
  ingressClass: z.string(),
  /** `host:port` of the shared Kafka broker, as seen from pods. */
  kafkaBootstrap: z.string(),
  /** Prefixes of image references that may run, such as `docker.io/library/`; empty: all. */
  allowedRegistries: z.array(z.string()).readonly(),
  /** How many environments one owner may have. */
  environmentsPerOwner: z.int(),
  /** Where images are taken from instead of where charts and claims name them. */
  images: z.array(z.strictObject({ from: z.string(), to: z.string() }) satisfies z.ZodType<ImageRule>).readonly(),
  /** Port at which the ingress controller answers browsers. */
  ingressPort: z.int(),
  /** What encrypts the environments' stacks: `passphrase`, or a KMS key as `awskms://…`. */
  secretsProvider: z.string(),
  /** The Gateway that environments' routes are attached to; where there is none they are Ingresses of `ingressClass`. */
  gateway: z.strictObject({ namespace: z.string(), name: z.string() }).readonly().optional(),
  /** What was made on AWS, where the stack has made its cluster itself. */
  aws: z
    .strictObject({
      account: z.string(),
      region: z.string(),
      /** Name of the EKS cluster. */
      cluster: z.string(),
      /** URL of its API server, which answers inside the VPC and by the VPN alone. */
      endpoint: z.string(),
      /** The authority of the API server's certificate, PEM in base64. */
      certificateAuthority: z.string(),
      /** ARN of the role that environments' associations narrow to their own names. */
      environmentsRole: z.string(),
      /** ARN. */
      mskCluster: z.string(),
      /** `host:port` of the brokers, with commas between; clients sign in by IAM. */
      mskBootstrap: z.string(),
      /** Replicas of partitions that all environments may have together. */
      partitionBudget: z.int(),
      /** Name of the bucket of datasets. */
      datasets: z.string(),
      /** Host of the registry of the account's images. */
      registry: z.string(),
    })
    .readonly()
    .optional(),
});

/** What a cluster stack says that was applied without what runs in the cluster. */
const withoutPlatform = z.strictObject({ name: z.string(), platform: z.literal(false) });

/** Instead of the facts, which only who reaches the API server knows in full: its output of such a stack. */
export type WithoutPlatform = Readonly<z.infer<typeof withoutPlatform>>;

/**
 * What a cluster stack tells environments, as plain values: the one contract between the two kinds of stack. There is
 * no credential in it: everybody reaches the cluster as themselves, by the context's name in their own kubeconfig.
 */
export type ClusterFacts = Readonly<z.infer<typeof schema>>;

/** Whether the output of a cluster stack tells facts: it was applied, together with what runs in the cluster. */
export function hasFacts(output: unknown): boolean {
  return output !== undefined && !withoutPlatform.safeParse(output).success;
}

/**
 * Reads the output of a cluster stack.
 * @param stack name of the cluster stack, for messages
 * @throws UserError when the stack has no such output, one without facts, or one of another version of ED8K
 */
export function parseFacts(stack: string, output: unknown): ClusterFacts {
  const parsed = schema.safeParse(output);
  if (parsed.success) return parsed.data;
  if (output !== undefined && !hasFacts(output)) {
    throw new UserError(`the cluster stack ${stack} was applied without what runs in the cluster`, {
      hint: `from where its API server is reached: pulumi config set ed8k:platform true --stack ${stack}, then pulumi up --stack ${stack}`,
    });
  }
  const problem = output === undefined ? "was never applied" : "was applied by another version of ED8K";
  throw new UserError(`the cluster stack ${stack} ${problem}`, { hint: `pulumi up --stack ${stack}` });
}
