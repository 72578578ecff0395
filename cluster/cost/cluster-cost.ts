import { type AwsClusterSettings, type AwsSettings, SYSTEM_VOLUME_GIB } from "../aws/settings.js";
import { type Basis, priceOf } from "./basis.js";

/** One thing that costs. */
export interface CostLine {
  readonly item: string;
  /** How many, of what: `3 × kafka.m7g.large`. */
  readonly amount: string;
  /** US dollars. */
  readonly perHour: number;
  readonly perMonth: number;
}

/** One encrypts the cluster's Secrets and logs; the state's own is the account's, for all clusters. */
const KEYS = 1;

/** What a cluster costs whether or not there are environments on it. */
export function clusterCost(settings: AwsClusterSettings, basis: Basis): readonly CostLine[] {
  const { aws, eks, msk, storage } = settings;
  const { assumptions } = basis;
  const line = lineWith(basis);
  const gateways = gatewaysOf(aws);
  return [
    line.hourly("EKS control plane", { count: 1, of: "cluster", price: "eks.cluster" }),
    line.hourly("MSK brokers", { count: msk.brokers, of: msk.instanceType, price: `msk.${msk.instanceType}` }),
    line.monthly("MSK storage", { count: msk.brokers * msk.storageGib, of: "GB", price: "msk.storage" }),
    line.hourly("system nodes", {
      count: eks.system.nodes,
      of: eks.system.instanceType,
      price: `ec2.${eks.system.instanceType}`,
    }),
    line.monthly("their volumes", { count: eks.system.nodes * SYSTEM_VOLUME_GIB, of: "GB gp3", price: "ebs.gp3" }),
    line.hourly("NAT", { count: gateways, of: `gateway, ${aws.nat}`, price: "nat.gateway" }),
    line.hourly("NAT's addresses", { count: gateways, of: "public IPv4", price: "ipv4.public" }),
    line.monthly("through NAT", { count: assumptions.natGb, of: "GB", price: "nat.data" }),
    line.hourly("NLB of the gateway", { count: 1, of: "internal NLB", price: "nlb.hour" }),
    line.monthly("KMS", { count: KEYS, of: "key", price: "kms.key" }),
    line.monthly("control plane's logs", { count: assumptions.logsGb, of: "GB", price: "logs.ingested" }),
    ...(aws.flowLogs
      ? [line.monthly("flow logs", { count: assumptions.flowLogsGb, of: "GB", price: "logs.ingested" })]
      : []),
    line.monthly("datasets", { count: assumptions.datasetsGb, of: "GB S3", price: "s3.standard" }),
    line.monthly("images", {
      count: storage.repositories.length * assumptions.repositoryGb,
      of: "GB ECR",
      price: "ecr.storage",
    }),
  ];
}

/** A regional NAT gateway is billed for each zone in which it works. */
function gatewaysOf({ nat, zones }: AwsSettings): number {
  return { single: 1, perZone: zones.length, regional: zones.length }[nat];
}

interface Amount {
  readonly count: number;
  readonly of: string;
  readonly price: string;
}

type Line = (item: string, amount: Amount) => CostLine;

function lineWith(basis: Basis): { readonly hourly: Line; readonly monthly: Line } {
  const { hoursPerMonth } = basis.assumptions;
  const amountOf = ({ count, of }: Amount): string => `${count} × ${of}`;
  return {
    hourly(item, amount) {
      const perHour = amount.count * priceOf(basis, amount.price);
      return { item, amount: amountOf(amount), perHour, perMonth: perHour * hoursPerMonth };
    },
    monthly(item, amount) {
      const perMonth = amount.count * priceOf(basis, amount.price);
      return { item, amount: amountOf(amount), perHour: perMonth / hoursPerMonth, perMonth };
    },
  };
}
