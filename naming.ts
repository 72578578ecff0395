import { createHash } from "node:crypto";

/** Begins the labels and annotations of ours. */
export const LABEL_PREFIX = "ed8k.dev/";

/** What every object of an environment says of itself; `ed8k.dev/…` labels cannot be changed by users. */
export const LABELS = {
  /** The environment's name, on every object and on the namespace. */
  env: "ed8k.dev/env",
  /** The service that an object belongs to. */
  service: "ed8k.dev/service",
  /** The claim that an object fulfils. */
  claim: "ed8k.dev/claim",
  /** On pods of `ed8kctl run`: the service that they are like; no Service selects by it. */
  run: "ed8k.dev/run",
  /** On namespaces: `true` for environments; what policies and `list` select by. */
  managed: "ed8k.dev/managed",
  /** On namespaces: who may write, without the `ed8k:` of the user name. */
  owner: "ed8k.dev/owner",
} as const;

/** Facts about an environment that change, kept on its namespace; never on each object, for they would change all. */
export const ANNOTATIONS = {
  profile: "ed8k.dev/profile",
  size: "ed8k.dev/size",
  /** Comma-separated user names, without `ed8k:`. */
  collaborators: "ed8k.dev/collaborators",
  /** uid of the cluster's kube-system namespace, as recorded when the environment was made. */
  cluster: "ed8k.dev/cluster",
  /** URL of the backend that keeps the environment's stack; others must not touch the namespace. */
  backend: "ed8k.dev/backend",
  /** JSON of type `EnvironmentSummary` (environments/plan/summary.ts): services, hosts, claims. */
  summary: "ed8k.dev/summary",
  /** On pod templates: hash of the bindings, so that a changed binding restarts the pods. */
  bindings: "ed8k.dev/bindings",
} as const;

/** Namespaces of what runs on the cluster for all environments. */
export const NAMESPACES = { shared: "ed8k-shared", system: "ed8k-system" } as const;

/** Groups of users on the API server. */
export const GROUPS = { developers: "ed8k:developers", ci: "ed8k:ci", platform: "ed8k:platform" } as const;

/**
 * ClusterRoles: what an owner may do in the own namespace, what every developer may see, what makes and removes an own
 * environment, and what does so for others.
 */
export const CLUSTER_ROLES = {
  editor: "ed8k:editor",
  viewer: "ed8k:viewer",
  creator: "ed8k:creator",
  operator: "ed8k:operator",
} as const;

/** PriorityClasses, highest first. */
export const PRIORITIES = {
  platform: "ed8k-platform",
  data: "ed8k-data",
  dev: "ed8k-dev",
  preview: "ed8k-preview",
} as const;

/** The Kubernetes user of a person or a CI session, as EKS access entries make it (`ed8k:{{SessionNameRaw}}`). */
export function userName(owner: string): string {
  return `ed8k:${owner}`;
}

/** Stands for the "@" of an owner in a label, which cannot hold one; policies on the API server read it as well. */
export const OWNER_AT = "..";

/**
 * What an owner's name looks like: a session name, such as an e-mail address. Parts between dots are never empty, so that
 * two dots are free to stand for the "@".
 */
export const OWNER =
  /^(?=[A-Za-z0-9])(?!.*[_-]$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*(@[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)?$/;

/**
 * The value of the label `ed8k.dev/owner`.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function ownerLabel(owner: string): string {
  return owner.replace("@", OWNER_AT);
}

/** The inverse of `ownerLabel`. */
export function ownerOfLabel(label: string): string {
  return label.replace(OWNER_AT, "@");
}

/** What an environment's name looks like, and names that it cannot have; the API server's policies ask the same. */
export const ENVIRONMENT = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const RESERVED: readonly string[] = ["default", "dev", "cluster", "platform", "sandbox", "all"];
export const RESERVED_PREFIXES: readonly string[] = ["kube-", "ed8k-"];
/** Leaves room for the service in `<service>--<env>` within the 63 letters of a DNS label (RFC 1035). */
export const ENVIRONMENT_LENGTH = 20;

/** What is wrong with an environment's name, told with what is allowed; `undefined` when it is a good one. */
export function environmentNameProblem(name: string): string | undefined {
  if (name.length > ENVIRONMENT_LENGTH) {
    return `"${name}" is no name for an environment: it has ${name.length} characters, at most ${ENVIRONMENT_LENGTH} are allowed`;
  }
  if (!ENVIRONMENT.test(name)) {
    return `"${name}" is no name for an environment: allowed are lower-case letters, digits and single dashes between them, beginning with a letter`;
  }
  if (RESERVED.includes(name) || RESERVED_PREFIXES.some((prefix) => name.startsWith(prefix))) {
    return `"${name}" is no name for an environment: it is reserved, as are ${RESERVED.join(", ")} and names that begin with ${RESERVED_PREFIXES.join(" or ")}`;
  }
  return undefined;
}

/** Leaves room for `-datasets-<account>-<region>` within the 63 letters of a bucket's name. */
const CLUSTER_LENGTH = 20;

/** The EKS cluster of a cluster stack, and the kubeconfig context that reaches it. */
export function clusterName(stack: string): string {
  return `ed8k-${stack}`;
}

/** What is wrong with the name of a stack that makes a cluster; `undefined` when it is a good one. */
export function clusterNameProblem(stack: string): string | undefined {
  if (stack.length > CLUSTER_LENGTH) {
    return `"${stack}" is no name for a cluster stack: it has ${stack.length} characters, at most ${CLUSTER_LENGTH} are allowed`;
  }
  if (!ENVIRONMENT.test(stack)) {
    return `"${stack}" is no name for a cluster stack: allowed are lower-case letters, digits and single dashes between them, beginning with a letter`;
  }
  return undefined;
}

/** What belongs to a cluster on AWS beside it: roles, a queue, keys, log groups, security groups. */
export type ClusterPart =
  | "karpenter"
  | "karpenter-node"
  | "load-balancer"
  | "ebs-csi"
  | "environments"
  | "cluster"
  | "system-node"
  | "vpc"
  | "flow-logs"
  | "secrets"
  | "kafka"
  | "budget";

/** `ed8k-<stack>-<part>`: the name of what belongs to a cluster on AWS. */
export function clusterPartName(stack: string, part: ClusterPart): string {
  return `${clusterName(stack)}-${part}`;
}

/** The ECR repository of a service of this cluster; those of an account's other clusters are beside it. */
export function repositoryName(stack: string, name: string): string {
  return `${clusterName(stack)}/${name}`;
}

interface AwsPlace {
  readonly account: string;
  readonly region: string;
}

/** Names of buckets are one another's in all of AWS: account and region make them ours. */
export function clusterBucketName(stack: string, part: "datasets", { account, region }: AwsPlace): string {
  return `${clusterName(stack)}-${part}-${account}-${region}`;
}

/** The bucket that keeps the stacks of all clusters of an account and region. */
export function stateBucketName({ account, region }: AwsPlace): string {
  return `ed8k-state-${account}-${region}`;
}

/** The key that encrypts what is in that bucket, and the secrets of the stacks. */
export const STATE_KEY_ALIAS = "alias/ed8k-state";

/** Services' names are DNS labels of at most 40 letters: `<service>--<env>` then fits into one (RFC 1035: 63). */
export const SERVICE_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const SERVICE_NAME_LENGTH = 40;

interface NameRule {
  readonly length: number;
  /** Letters that are not allowed; each becomes a dash. */
  readonly forbidden: RegExp;
  readonly separator: string;
}

/** Limits of names, from the documentation of AWS, Kafka and Kubernetes. */
const RULES = {
  /** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
  label: { length: 63, forbidden: /[^a-z0-9-]/g, separator: "--" },
  /** A StatefulSet: its pods carry its name and a hash of ten letters in a label of at most 63. */
  statefulSet: { length: 52, forbidden: /[^a-z0-9-]/g, separator: "--" },
  /** https://kafka.apache.org/documentation/#brokerconfigs: 249 letters; `_` and `.` collide in metric names. */
  topic: { length: 249, forbidden: /[^a-zA-Z0-9.-]/g, separator: "." },
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
  queue: { length: 80, forbidden: /[^a-zA-Z0-9_-]/g, separator: "--" },
  /** The same within `.fifo`, which SQS counts. */
  fifoQueue: { length: 75, forbidden: /[^a-zA-Z0-9_-]/g, separator: "--" },
  /** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  snsTopic: { length: 256, forbidden: /[^a-zA-Z0-9_-]/g, separator: "--" },
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  bucket: { length: 63, forbidden: /[^a-z0-9-]/g, separator: "--" },
  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
  table: { length: 255, forbidden: /[^a-zA-Z0-9_.-]/g, separator: "--" },
} as const satisfies Record<string, NameRule>;
export type NameKind = keyof typeof RULES;

const HASH_LENGTH = 8;

/**
 * The real name of a thing that `environment` calls `name`; its only maker.
 * A name that had to change to fit ends in a hash of the whole, so that two names never become one.
 * @param name letters that the kind does not allow become dashes
 */
export function physicalName(kind: NameKind, environment: string, name: string): string {
  const { length, forbidden, separator }: NameRule = RULES[kind];
  const full = `${environment}${separator}${name}`;
  const clean = full.replace(forbidden, "-");
  if (clean === full && full.length <= length) return full;
  return `${clean.slice(0, length - HASH_LENGTH - 1)}-${hash(full)}`;
}

/** Regular expression for exactly the topics of an environment; names hold nothing that means something in it. */
export function topicPattern(environment: string): string {
  return `${environment}\\..*`;
}

/** Short, stable hash for names and annotations. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);
}

/** What every host of an environment ends in. */
export function hostSuffix(environment: string, domain: string): string {
  return `--${environment}.${domain}`;
}

/**
 * `<service>--<env>.<domain>`: one label below the domain, so that one wildcard certificate serves all. The front gives
 * way when the label is too long, never the environment: hosts that do not end in it are refused by the cluster.
 */
export function hostName(service: string, environment: string, domain: string): string {
  const end = hostSuffix(environment, domain);
  const room = RULES.label.length - hostSuffix(environment, "").length + ".".length;
  const clean = service.replace(RULES.label.forbidden, "-");
  if (clean === service && service.length <= room) return service + end;
  return `${clean.slice(0, room - HASH_LENGTH - 1)}-${hash(service)}${end}`;
}

/** The Secret and the ConfigMap that carry a service's bindings share this name. */
export function bindingsName(service: string): string {
  return `${service}-bindings`;
}

/** The in-cluster object (StatefulSet, Service, Secret) that fulfils a service's claim. */
export function claimName(service: string, claim: string): string {
  return physicalName("statefulSet", service, claim);
}

/** A pod in which `ed8kctl run` runs something once; the digest is another one each time. */
export function runPodName(service: string, digest: string): string {
  return `${service}-run-${digest}`;
}

/** What the names of Jobs that remove an environment's topics begin with; they run where the shared Kafka does. */
export const TOPIC_REMOVAL = "remove-topics-";

/** The kubeconfig context in which kubectl works in an environment's namespace. */
export function contextName(environment: string): string {
  return `ed8k-${environment}`;
}

/** A Job that carries the hash of what it does; its pods carry its name in a label of at most 63 letters. */
export function jobName(name: string, digest: string): string {
  const full = `${name}-${digest}`;
  const { length } = RULES.label;
  return full.length <= length ? full : `${name.slice(0, length - 2 * (HASH_LENGTH + 1))}-${hash(name)}-${digest}`;
}
