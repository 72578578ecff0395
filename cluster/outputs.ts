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
});

/**
 * What a cluster stack tells environments, as plain values: the one contract between the two kinds of stack. There is
 * no credential in it: everybody reaches the cluster as themselves, by the context's name in their own kubeconfig.
 */
export type ClusterFacts = Readonly<z.infer<typeof schema>>;

/**
 * Reads the output of a cluster stack.
 * @param stack name of the cluster stack, for messages
 * @throws UserError when the stack has no such output, or one of another version of ED8K
 */
export function parseFacts(stack: string, output: unknown): ClusterFacts {
  const parsed = schema.safeParse(output);
  if (parsed.success) return parsed.data;
  const problem = output === undefined ? "was never applied" : "was applied by another version of ED8K";
  throw new UserError(`the cluster stack ${stack} ${problem}`, { hint: `pulumi up --stack ${stack}` });
}
