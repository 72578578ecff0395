import { UserError } from "../../../../errors.js";

/** An IPv4 network of the host's routing tables. */
export interface Route {
  /** The network link that it goes over; empty where it goes over none, or over several. */
  readonly link: string;
  /** The network's number, as in 0x0a000000 for 10.0.0.0. */
  readonly network: number;
  /** @example 0xff000000 for /8 */
  readonly mask: number;
}

const SLICE_MASK = 0xffff0000;
/** Shorter prefixes are default routes, also when a VPN writes them as two halves. */
const SHORTEST_MASK = 0xff000000;
const FIRST = 64;
/** 10.64 to 10.191, then what companies use less: 172.16 to 172.31, and 198.18, which is kept for tests (RFC 2544). */
const PREFIXES: readonly string[] = [
  ...Array.from({ length: 128 }, (_, index) => `10.${FIRST + index}`),
  ...Array.from({ length: 16 }, (_, index) => `172.${16 + index}`),
  "198.18",
  "198.19",
];

/**
 * The first half of the addresses of a sandbox with a real node: a /16 that no route of the host overlaps. Sandboxes
 * with other base ports look for it elsewhere first.
 * @throws UserError when every one is taken
 */
export function choosePrefix(basePort: number, routes: readonly Route[]): string {
  const first = Math.floor(basePort / 10) % 128;
  const candidates = [...PREFIXES.slice(first), ...PREFIXES.slice(0, first)];
  const found = candidates.find((prefix) => isFree(prefix, routes));
  if (found !== undefined) return found;
  throw new UserError("every range of addresses that a real node could have is in use by the machine's routes", {
    hint: "ip route show table all shows them; ed8kctl sandbox up --nodes simulated needs no addresses",
  });
}

/** True when no route leads to any address that begins with the prefix. */
export function isFree(prefix: string, routes: readonly Route[]): boolean {
  const [first = 0, second = 0] = prefix.split(".").map(Number);
  const slice = ((first << 24) | (second << 16)) >>> 0;
  return !routes.some(({ network, mask }) => {
    const shared = (mask & SLICE_MASK) >>> 0;
    return mask >= SHORTEST_MASK && (network & shared) >>> 0 === (slice & shared) >>> 0;
  });
}

/** Kinds that lead nowhere else; what is unreachable or prohibited on purpose counts as a route. */
const PASSED_OVER = ["throw"];

/** Reads what `ip -4 route show table all` says: the tables of VPNs and of policies as well as the main one. */
export function parseRoutes(text: string): readonly Route[] {
  return text.split("\n").flatMap((line) => {
    // Lines that begin with a space are more ways of the route above.
    const [, kind = "", to = "", address = "0.0.0.0", bits] = ROUTE.exec(line) ?? [];
    if (to === "" || PASSED_OVER.includes(kind)) return [];
    const length = Number(bits ?? (to === "default" ? 0 : 32));
    const link = / dev (\S+)/.exec(line)?.[1] ?? "";
    return [{ link, network: numberOf(address), mask: length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0 }];
  });
}

const ROUTE = /^(?:([a-z]+) )?(default|([0-9]+(?:\.[0-9]+){3})(?:\/([0-9]+))?)(?= |$)/;

function numberOf(address: string): number {
  return Buffer.from(address.split(".").map(Number)).readUInt32BE();
}
