import { throwFaults } from "../../../errors.js";
import type { AwsSettings } from "../settings.js";
import { type Block, formatCidr, parseCidr, subBlock } from "./cidr.js";
import { vpcFaults } from "./network-faults.js";

export interface ZoneSubnet {
  /** Availability zone, such as `eu-west-1a`. */
  readonly zone: string;
  readonly cidr: string;
}

export interface PrivateSubnet extends ZoneSubnet {
  /**
   * The half that only prefixes of pods are taken from: single addresses among them would leave no free /28.
   * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html
   */
  readonly reservation: string;
}

/** Which part of the VPC each subnet has; lists are in the order of the zones. */
export interface SubnetPlan {
  /** Nodes and pods. */
  readonly private: readonly PrivateSubnet[];
  /** NAT gateways; none when NAT is regional, which needs no subnet. */
  readonly public: readonly ZoneSubnet[];
  /** MSK's brokers, in at most three zones. */
  readonly data: readonly ZoneSubnet[];
  /** EKS' own network interfaces, in the first two zones; Kubernetes' nodes may be in others too. */
  readonly control: readonly ZoneSubnet[];
}

/** https://docs.aws.amazon.com/msk/latest/developerguide/msk-create-cluster.html: subnets in two or three zones. */
const MSK_ZONES = 3;

/**
 * The least that EKS takes. A cluster's subnets can be changed later only within the zones that it was made in, so that a
 * zone that is added must have none. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const CONTROL_ZONES = 2;

/** EKS needs six free addresses per subnet and advises sixteen. https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
const CONTROL_PREFIX = 28;
const SMALL_PREFIX = 24;

/**
 * Divides the VPC by fixed places, four for each kind of subnet, so that a zone that is added at the end moves none: the
 * first half are private subnets, the third quarter is kept free, and the last quarter holds what is small.
 * @throws UserError (usage) when the VPC's block is none that can be divided so
 */
export function planSubnets(aws: AwsSettings): SubnetPlan {
  throwFaults("the cluster's network", vpcFaults(aws));
  const vpc = parseCidr(aws.cidr) ?? { first: 0, prefix: 0 };
  const small = subBlock(vpc, vpc.prefix + 2, 3);
  const zones = aws.zones.map((letter) => `${aws.region}${letter}`);
  const place = (among: readonly string[], block: (index: number) => Block): readonly ZoneSubnet[] =>
    among.map((zone, index) => ({ zone, cidr: formatCidr(block(index)) }));
  return {
    private: zones.map((zone, index) => privateSubnet(zone, subBlock(vpc, vpc.prefix + 3, index))),
    data: place(zones.slice(0, MSK_ZONES), (index) => subBlock(small, SMALL_PREFIX, index)),
    public: aws.nat === "regional" ? [] : place(zones, (index) => subBlock(small, SMALL_PREFIX, 4 + index)),
    control: place(zones.slice(0, CONTROL_ZONES), (index) =>
      subBlock(subBlock(small, SMALL_PREFIX, 8), CONTROL_PREFIX, index),
    ),
  };
}

function privateSubnet(zone: string, block: Block): PrivateSubnet {
  return { zone, cidr: formatCidr(block), reservation: formatCidr(subBlock(block, block.prefix + 1, 1)) };
}
