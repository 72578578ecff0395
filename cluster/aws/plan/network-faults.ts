import type { Fault } from "../../../errors.js";
import type { AwsSettings } from "../settings.js";
import { type Block, contains, formatCidr, overlap, parseCidr } from "./cidr.js";
import { RESERVED_TAGS } from "./tags.js";

/** Addresses of Kubernetes' Services; never seen outside of the cluster, but reached from nodes and pods. */
export const SERVICE_CIDR = "172.20.0.0/16";

/** The greatest block that a VPC may have, and the smallest that has room for all subnets. */
const LARGEST = 16;
const SMALLEST = 18;

/** https://datatracker.ietf.org/doc/html/rfc1918 */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
/** Addresses that carriers and VPNs give out beside them. https://datatracker.ietf.org/doc/html/rfc6598 */
const SHARED = "100.64.0.0/10";

/** What is wrong with where the cluster is and who reaches it. */
export function networkFaults(aws: AwsSettings): readonly Fault[] {
  return [
    ...vpcFaults(aws),
    ...aws.access.cidrs.flatMap((text, index) => accessFaults(aws, { text, index })),
    ...Object.keys(aws.tags).flatMap(tagFaults),
  ];
}

/** What is wrong with the VPC's own block. */
export function vpcFaults({ cidr }: Pick<AwsSettings, "cidr">): readonly Fault[] {
  const where = "ed8k:aws.cidr";
  const hint = "choose another, such as 10.64.0.0/16";
  const block = parseCidr(cidr);
  if (block === undefined) return [{ where, problem: noBlock(cidr), hint }];
  if (block.prefix < LARGEST || block.prefix > SMALLEST) {
    const problem = `"${cidr}" is no size for the VPC: allowed are /${LARGEST} (AWS' limit) to /${SMALLEST} (less has no room for the subnets)`;
    return [{ where, problem, hint }];
  }
  if (!isWithin(PRIVATE, block)) {
    return [{ where, problem: `"${cidr}" is not private: it must be within ${PRIVATE.join(", ")}`, hint }];
  }
  if (overlap(block, blockOf(SERVICE_CIDR))) {
    return [{ where, problem: `"${cidr}" overlaps ${SERVICE_CIDR}, the addresses of Kubernetes' Services`, hint }];
  }
  return [];
}

function accessFaults(aws: AwsSettings, { text, index }: { readonly text: string; readonly index: number }): Fault[] {
  const where = `ed8k:aws.access.cidrs[${index}]`;
  const block = parseCidr(text);
  if (block === undefined) return [{ where, problem: noBlock(text), hint: "name the block of the VPN's clients" }];
  if (!isWithin([...PRIVATE, SHARED], block)) {
    const problem = `"${text}" is not private: nobody is let in from the internet; it must be within ${[...PRIVATE, SHARED].join(", ")}`;
    return [{ where, problem, hint: "name the block from which the VPN's clients come" }];
  }
  const first = aws.access.cidrs.indexOf(text);
  if (first < index) {
    const hint = `pulumi config rm --path '${where}'`;
    return [{ where, problem: `"${text}" is the same as ed8k:aws.access.cidrs[${first}]`, hint }];
  }
  const vpc = parseCidr(aws.cidr);
  const others = [
    ...(vpc === undefined ? [] : [{ block: vpc, what: `the VPC, ${aws.cidr}` }]),
    { block: blockOf(SERVICE_CIDR), what: `the addresses of Kubernetes' Services, ${SERVICE_CIDR}` },
  ];
  return others
    .filter((other) => overlap(block, other.block))
    .map(({ what }) => ({
      where,
      problem: `"${text}" overlaps ${what}: answers would not find back to the VPN`,
      hint: "name the VPN's clients more exactly, or give the VPC another block by ed8k:aws.cidr",
    }));
}

function tagFaults(key: string): readonly Fault[] {
  const reserved = RESERVED_TAGS.find((prefix) => key.startsWith(prefix));
  if (reserved === undefined) return [];
  const problem = `"${key}" begins with ${reserved}, which is reserved`;
  return [{ where: "ed8k:aws.tags", problem, hint: "give the tag another name" }];
}

/** What does not parse though it looks like a block: a wrong number, or an address within the block. */
function noBlock(text: string): string {
  const match = /^([\d.]+)\/(\d+)$/.exec(text);
  const address = parseCidr(`${match?.[1] ?? ""}/32`);
  const prefix = Number(match?.[2] ?? 33);
  if (address === undefined || prefix > 32) return `"${text}" is no CIDR block such as 10.64.0.0/16`;
  const size = 2 ** (32 - prefix);
  const right = formatCidr({ first: address.first - (address.first % size), prefix });
  return `"${text}" does not begin with the first address of its block, which is ${right}`;
}

function isWithin(blocks: readonly string[], block: Block): boolean {
  return blocks.some((outer) => contains(blockOf(outer), block));
}

/** Of texts in this file. */
function blockOf(text: string): Block {
  const block = parseCidr(text);
  if (block === undefined) throw new Error(`${text} is no block`);
  return block;
}
