import { UserError } from "../../errors.js";
import { PRICES, type Prices } from "./prices.js";

/** What nobody knows beforehand, and an estimate must take for granted; printed with every estimate. */
export interface Assumptions {
  /** AWS' own month. */
  readonly hoursPerMonth: number;
  /** Hours of a month in which an environment is awake: 22 days of 10. */
  readonly hoursAwake: number;
  /** What spot capacity costs of the on-demand price; 0.3 to 0.5 is seen. */
  readonly spotFactor: number;
  /** Capacity that nodes have per capacity that pods ask for: gaps, and what runs on every node. */
  readonly capacityFactor: number;
  /** What another region costs of the one whose price is known. */
  readonly regionFactor: number;
  /** Part of a size's quota that the pods of an environment ask for, and that its volumes have. */
  readonly quotaUse: number;
  /** Part of that CPU and memory which databases ask for. */
  readonly dataShare: number;
  /** GB a month through NAT: images of other registries than ECR, packages. */
  readonly natGb: number;
  /** GB a month of the control plane's logs. */
  readonly logsGb: number;
  /** GB a month of flow logs, where they are switched on. */
  readonly flowLogsGb: number;
  /** GB of dumps that environments are loaded with. */
  readonly datasetsGb: number;
  /** GB of images in each repository. */
  readonly repositoryGb: number;
}

export const ASSUMPTIONS: Assumptions = {
  hoursPerMonth: 730,
  hoursAwake: 220,
  spotFactor: 0.35,
  capacityFactor: 1.3,
  regionFactor: 1.1,
  quotaUse: 0.5,
  dataShare: 0.4,
  natGb: 300,
  logsGb: 20,
  flowLogsGb: 100,
  datasetsGb: 200,
  repositoryGb: 20,
};

/** What an estimate is reckoned with. */
export interface Basis {
  readonly prices: Prices;
  readonly assumptions: Assumptions;
  /** Region of the cluster. */
  readonly region: string;
}

/** The table's prices and the usual assumptions. */
export function basisFor(region: string, prices: Prices = PRICES): Basis {
  return { prices, assumptions: ASSUMPTIONS, region };
}

/**
 * A price in US dollars in the cluster's region.
 * @throws UserError when nobody has told it
 */
export function priceOf({ prices, assumptions, region }: Basis, name: string): number {
  const price = prices[name];
  if (price === undefined) {
    throw new UserError(`no price is known of ${name}`, {
      hint: `write it to a file, as ${name}: <US dollars>, and add --prices <file>`,
    });
  }
  if (price.region === region || price.region === "all") return price.usd;
  return price.usd * factorBetween(price.region, region, assumptions);
}

/** us-east-1 is the cheapest region: others cost more than it, and about as much as each other. */
function factorBetween(from: string, to: string, { regionFactor }: Assumptions): number {
  if (from === "us-east-1") return regionFactor;
  return to === "us-east-1" ? 1 / regionFactor : 1;
}
