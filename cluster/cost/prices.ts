/** One of AWS' list prices, in US dollars. */
export interface Price {
  readonly usd: number;
  readonly unit: "hour" | "GB" | "GB-month" | "month" | "vCPU-hour" | "GiB-hour";
  /** Region whose price it is, from which that of others is reckoned; `all` where regions do not differ. */
  readonly region: string;
  /** Where it was read, and when: the day, or the month. */
  readonly source: string;
  readonly date: string;
}

const KARPENTER = "Karpenter's price list, zz_generated.pricing_aws.go";
const TOOLKIT = "aws/agent-toolkit-for-aws";
const OFFER = "AWS' offer file";
const COMPUTED = "least squares over c7i.2xlarge and r7i.2xlarge of Karpenter's price list";

/**
 * What AWS takes, before discounts and taxes; a file may say otherwise (`ed8kctl cost --prices`). All in one table, so
 * that it can be read through and renewed in one sitting.
 */
export const PRICES = {
  "eks.cluster": { usd: 0.1, unit: "hour", region: "all", source: TOOLKIT, date: "2026-08-20" },
  "msk.kafka.t3.small": broker(0.0456, "to be checked: no source of this year"),
  "msk.kafka.m5.large": broker(0.21, `${TOOLKIT}, msk_sizing.py`),
  "msk.kafka.m5.xlarge": broker(0.42, "twice the next smaller one"),
  "msk.kafka.m5.2xlarge": broker(0.84, "twice the next smaller one"),
  "msk.kafka.m5.4xlarge": broker(1.68, "twice the next smaller one"),
  "msk.kafka.m7g.large": broker(0.204, `${TOOLKIT}, msk_sizing.py`),
  "msk.kafka.m7g.xlarge": broker(0.408, "twice the next smaller one"),
  "msk.kafka.m7g.2xlarge": broker(0.816, "twice the next smaller one"),
  "msk.kafka.m7g.4xlarge": broker(1.632, "twice the next smaller one"),
  "msk.storage": { usd: 0.1, unit: "GB-month", region: "us-east-1", source: TOOLKIT, date: "2026-08" },
  "ec2.t3.medium": node(0.0416),
  "ec2.t3.large": node(0.0832),
  "ec2.m6a.large": node(0.0864),
  "ec2.m6a.xlarge": node(0.1728),
  "ec2.m6a.2xlarge": node(0.3456),
  "ec2.m7i.2xlarge": node(0.4032),
  "node.cpu": { usd: 0.03745, unit: "vCPU-hour", region: "us-east-1", source: COMPUTED, date: "2026-07-20" },
  "node.memory": { usd: 0.00359, unit: "GiB-hour", region: "us-east-1", source: COMPUTED, date: "2026-07-20" },
  "nat.gateway": { usd: 0.048, unit: "hour", region: "eu-west-1", source: OFFER, date: "2026-09-25" },
  "nat.data": { usd: 0.048, unit: "GB", region: "eu-west-1", source: OFFER, date: "2026-09-25" },
  "ipv4.public": { usd: 0.005, unit: "hour", region: "all", source: TOOLKIT, date: "2026-08" },
  "nlb.hour": {
    usd: 0.0225,
    unit: "hour",
    region: "us-east-1",
    source: "to be checked: no source of this year",
    date: "2026-11",
  },
  "ebs.gp3": { usd: 0.088, unit: "GB-month", region: "eu-west-1", source: TOOLKIT, date: "2026-08" },
  "s3.standard": {
    usd: 0.023,
    unit: "GB-month",
    region: "us-east-1",
    source: "price snapshot of Floci",
    date: "2026-01",
  },
  "ecr.storage": {
    usd: 0.1,
    unit: "GB-month",
    region: "us-east-1",
    source: "to be checked: no source of this year",
    date: "2026-11",
  },
  "kms.key": {
    usd: 1,
    unit: "month",
    region: "all",
    source: "to be checked: no source of this year",
    date: "2026-11",
  },
  "logs.ingested": { usd: 0.5, unit: "GB", region: "us-east-1", source: TOOLKIT, date: "2026-08" },
} as const satisfies Readonly<Record<string, Price>>;
export type PriceName = keyof typeof PRICES;

/** Prices by name; names beside those of the table come from a file, such as `ec2.<another instance type>`. */
export type Prices = Readonly<Record<PriceName, Price> & Record<string, Price | undefined>>;

function broker(usd: number, source: string): Price {
  return { usd, unit: "hour", region: "us-east-1", source, date: "2026-08" };
}

function node(usd: number): Price {
  return { usd, unit: "hour", region: "us-east-1", source: KARPENTER, date: "2026-07-20" };
}
