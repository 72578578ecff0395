/** A block of IPv4 addresses: the first one as an unsigned 32-bit number, and how many of its bits are fixed. */
export interface Block {
  readonly first: number;
  readonly prefix: number;
}

/** A block of text such as `10.64.0.0/16`; `undefined` when it is none, or begins before its own first address. */
export function parseCidr(text: string): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [, ...numbers] = (match ?? []).map(Number);
  const prefix = numbers.pop() ?? 33;
  if (prefix > 32 || numbers.some((octet) => octet > 255)) return undefined;
  const first = numbers.reduce((address, octet) => address * 256 + octet, 0);
  return first % 2 ** (32 - prefix) === 0 ? { first, prefix } : undefined;
}

/** The text of a block. */
export function formatCidr({ first, prefix }: Block): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** How many addresses a block has. */
export function addressesIn({ prefix }: Pick<Block, "prefix">): number {
  return 2 ** (32 - prefix);
}

/** True when two blocks have an address in common; one then holds the other. */
export function overlap(one: Block, other: Block): boolean {
  return one.first < other.first + addressesIn(other) && other.first < one.first + addressesIn(one);
}

/** True when every address of `inner` is one of `outer`. */
export function contains(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + addressesIn(inner) <= outer.first + addressesIn(outer);
}

/** The block of size `prefix` that is the `index`-th within `outer`. */
export function subBlock(outer: Block, prefix: number, index: number): Block {
  return { first: outer.first + index * addressesIn({ prefix }), prefix };
}
