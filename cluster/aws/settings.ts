import { z } from "zod";
import { flag, numberLike, wholeNumber } from "../../config-values.js";
import { VERSIONS } from "../../versions.js";

/** How many NAT gateways lead out of the VPC, and which kind. */
export const NAT_MODES = ["single", "perZone", "regional"] as const;
/** How people reach the private API server and the environments' hosts; one so far. */
export const ACCESS_MODES = ["vpn"] as const;
export const MONITORING = ["none", "kube-prometheus-stack"] as const;
/** Karpenter's node pools: for environments' workloads, for their databases, for image builds. */
export const POOLS = ["workloads", "data", "builds"] as const;
export const CAPACITY_TYPES = ["spot", "on-demand"] as const;

/** Kinds of MSK brokers. https://docs.aws.amazon.com/msk/latest/developerguide/broker-instance-sizes.html */
export const BROKER_TYPES = [
  "kafka.t3.small",
  "kafka.m5.large",
  "kafka.m5.xlarge",
  "kafka.m5.2xlarge",
  "kafka.m5.4xlarge",
  "kafka.m7g.large",
  "kafka.m7g.xlarge",
  "kafka.m7g.2xlarge",
  "kafka.m7g.4xlarge",
] as const;

export type NatMode = (typeof NAT_MODES)[number];
export type AccessMode = (typeof ACCESS_MODES)[number];
export type Monitoring = (typeof MONITORING)[number];
export type PoolName = (typeof POOLS)[number];
export type CapacityType = (typeof CAPACITY_TYPES)[number];
export type BrokerType = (typeof BROKER_TYPES)[number];

const account = numberLike(z.string().regex(/^\d{12}$/, "is no AWS account: twelve digits, in quotes"));
const cidr = z.string().regex(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "is no CIDR block such as 10.64.0.0/16");
const roleArn = z
  .string()
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/, "is no role's ARN: arn:aws:iam::<account>:role/<name>");
/** From the AWS account's region, such as `eu-west-1`. */
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "is no AWS region such as eu-west-1");
const instanceType = z.string().regex(/^[a-z0-9-]+\.[a-z0-9]+$/, "is no instance type such as m7g.large");

/** Where the cluster is, and its network. */
export const awsSettings = z.strictObject({
  /** The only accounts that the stack may be applied in: the development account. */
  accounts: z.array(account).min(1, "names no account").prefault([]).readonly(),
  region: region.default("eu-west-1"),
  /** Letters of the region's zones, in the order in which they came: one more only at the end. */
  zones: z
    .array(z.string().regex(/^[a-f]$/, "is no zone: one letter"))
    .min(2, "names fewer than two zones, which EKS and MSK need")
    .max(4, "names more than four zones")
    .refine((zones) => new Set(zones).size === zones.length, "names a zone twice")
    .default(["a", "b", "c"])
    .readonly(),
  /** Addresses of the VPC; must overlap neither the VPN's nor the services' (172.20.0.0/16). */
  cidr: cidr.default("10.64.0.0/16"),
  nat: z.enum(NAT_MODES).default("single"),
  flowLogs: flag().default(false),
  access: z
    .strictObject({
      mode: z.enum(ACCESS_MODES).default("vpn"),
      /** Who may reach the API server and the gateway: the blocks from which VPN clients come. */
      cidrs: z.array(cidr).min(1, "names no block of the VPN's clients").prefault([]).readonly(),
    })
    .prefault({})
    .readonly(),
  /** Tags beside ED8K's own on every AWS resource. */
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}).readonly(),
});

const pool = (capacity: readonly CapacityType[]) =>
  z.strictObject({
    /** Tried in this order of price by Karpenter. */
    capacity: z
      .array(z.enum(CAPACITY_TYPES))
      .min(1, "names no capacity type")
      .default([...capacity])
      .readonly(),
  });

/** The control plane, who gets in, and the nodes. */
export const eksSettings = z.strictObject({
  /** Kubernetes' minor version; one of `EKS_VERSIONS`. */
  version: numberLike(z.string()).default(VERSIONS.eks),
  /** Roles whose sessions are cluster administrators; who creates the cluster is one as well, and in no list. */
  admins: z.array(roleArn).default([]).readonly(),
  /** Roles of developers: each session is a user of its own, `ed8k:<session name>`. */
  developers: z.array(roleArn).min(1, "names no role of developers").prefault([]).readonly(),
  /** Roles of pipelines that make and remove preview environments. */
  ci: z.array(roleArn).default([]).readonly(),
  /** Nodes that run what makes the others. */
  system: z
    .strictObject({ instanceType: instanceType.default("m6a.large"), nodes: wholeNumber(2, 10).default(2) })
    .prefault({})
    .readonly(),
  pools: z
    .strictObject({
      workloads: pool(["spot", "on-demand"]).prefault({}),
      data: pool(["on-demand"]).prefault({}),
      builds: pool(["spot"]).prefault({}),
    })
    .prefault({})
    .readonly(),
  /** The most nodes that the cluster grows to; the proposal names 100. */
  maxNodes: wholeNumber(3, 450).default(100),
  /** Hours in UTC in which nodes are given up one by one; outside them all at once. */
  officeHours: z
    .strictObject({ from: wholeNumber(0, 23).default(7), to: wholeNumber(1, 24).default(18) })
    .prefault({})
    .readonly(),
});

/** The shared Kafka. */
export const mskSettings = z.strictObject({
  /** Brokers in all; a multiple of the zones. */
  brokers: wholeNumber(2, 30).default(3),
  instanceType: z.enum(BROKER_TYPES).default("kafka.m7g.large"),
  /** Per broker. */
  storageGib: wholeNumber(1, 16_384).default(100),
  /** Kafka's version. MSK knows those without ZooKeeper by `.kraft`; no cluster can change to it later. */
  version: z
    .string()
    .regex(/\.kraft$/, "is no version such as 4.1.x.kraft")
    .default(VERSIONS.msk),
});

/** What the month may cost before somebody is told. */
export const budgetSettings = z.strictObject({
  monthlyUsd: wholeNumber(1, 1_000_000).default(10_000),
  /** Told at 80 % and 100 % of it, and when 100 % are forecast. Empty: nobody, the budget is only shown. */
  emails: z.array(z.email("is no e-mail address")).default([]).readonly(),
});

/** GiB of a system node's own volume: images of what the cluster runs for all; no data. */
export const SYSTEM_VOLUME_GIB = 50;

/** Beside the repositories that are asked for: layers that builds take up again. */
export const CACHE_REPOSITORY = "cache";

/** What is wrong with a repository among others, behind its name. */
function repositoryProblem(
  names: readonly string[],
  { index, name }: { readonly index: number; readonly name: string },
): string | undefined {
  if (name === CACHE_REPOSITORY) return "is the repository that ED8K makes for builds by itself; name yours otherwise";
  const first = names.indexOf(name);
  return first < index ? `is the same as ed8k:storage.repositories[${first}]; leave one of them out` : undefined;
}

/** Images and dumps that environments are loaded with. */
export const storageSettings = z.strictObject({
  /** Names of the ECR repositories below `ed8k-<stack>/`; `cache` is the one that ED8K makes beside them. */
  repositories: z
    .array(z.string().regex(/^[a-z0-9]+([._/-][a-z0-9]+)*$/, "is no repository's name"))
    .superRefine((names, context) => {
      for (const [index, name] of names.entries()) {
        const message = repositoryProblem(names, { index, name });
        if (message !== undefined) context.addIssue({ code: "custom", path: [index], message });
      }
    })
    .default([])
    .readonly(),
});

export type AwsSettings = Readonly<z.infer<typeof awsSettings>>;
export type EksSettings = Readonly<z.infer<typeof eksSettings>>;
export type MskSettings = Readonly<z.infer<typeof mskSettings>>;
export type BudgetSettings = Readonly<z.infer<typeof budgetSettings>>;
export type StorageSettings = Readonly<z.infer<typeof storageSettings>>;

/** All that the AWS parts of one cluster are made from. */
export interface AwsClusterSettings {
  /** Name of the cluster stack, such as `dev`; what it makes is named `ed8k-<name>…`. */
  readonly name: string;
  readonly aws: AwsSettings;
  readonly eks: EksSettings;
  readonly msk: MskSettings;
  readonly budget: BudgetSettings;
  readonly storage: StorageSettings;
}
