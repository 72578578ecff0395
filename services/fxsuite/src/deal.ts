import { isDeepStrictEqual } from "node:util";

export const SIDES = ["buy", "sell"] as const;

/** A deal as its client asks for it. */
export interface NewDeal {
  readonly id: string;
  /** Two currencies of ISO 4217, such as EURUSD. */
  readonly pair: string;
  readonly side: (typeof SIDES)[number];
  /** Of the pair's first currency. */
  readonly amount: number;
  /** Of the pair's second currency for one of the first. */
  readonly rate: number;
}

/** A deal in the books. It never changes; this is also what is told on the topic. */
export interface Deal extends NewDeal {
  /** RFC 3339, UTC. */
  readonly bookedAt: string;
}

/** What a client sent: a deal, or all that is wrong with it. */
export type Parsed = { readonly deal: NewDeal } | { readonly faults: readonly string[] };

const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const PAIR = /^[A-Z]{6}$/;
const KEYS = ["id", "pair", "side", "amount", "rate"];
/** Numbers of these sizes are exact in JSON and in the database's columns. */
const AMOUNT = { below: 1e12, decimals: 2 };
const RATE = { below: 1e6, decimals: 6 };

/** Checks the body of `POST /deals`; `newId` names a deal whose client gave it no id. */
export function parseDeal(body: unknown, newId: () => string): Parsed {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return { faults: ["the body is no JSON object with pair, side, amount and rate"] };
  }
  const { id = newId(), pair, side, amount, rate } = body as Partial<Record<string, unknown>>;
  const faults: string[] = Object.keys(body)
    .filter((key) => !KEYS.includes(key))
    .map((key) => `${key} is not known: known are ${KEYS.join(", ")}`);
  if (typeof id !== "string" || !isDealId(id)) {
    faults.push(`id is ${shown(id)}: it is 1 to 64 letters, digits, dots, dashes and underscores`);
  }
  if (typeof pair !== "string" || !PAIR.test(pair)) {
    faults.push(`pair is ${shown(pair)}: it is two currencies, such as EURUSD`);
  } else if (pair.slice(0, 3) === pair.slice(3)) faults.push(`pair is ${shown(pair)}: its currencies differ`);
  if (!SIDES.some((known) => known === side)) faults.push(`side is ${shown(side)}: it is one of ${SIDES.join(", ")}`);
  faults.push(...numberFaults("amount", amount, AMOUNT), ...numberFaults("rate", rate, RATE));
  return faults.length > 0 ? { faults } : { deal: { id, pair, side, amount, rate } as NewDeal };
}

/** Whether a deal may have the id; there is none of another, and no database need be asked. */
export function isDealId(text: string): boolean {
  return ID.test(text);
}

/** Whether a known deal is the one that is asked for again. */
export function isSameDeal({ bookedAt: _, ...known }: Deal, asked: NewDeal): boolean {
  return isDeepStrictEqual(known, asked);
}

function numberFaults(name: string, value: unknown, { below, decimals }: typeof AMOUNT): readonly string[] {
  const good = typeof value === "number" && value > 0 && value < below && Number(value.toFixed(decimals)) === value;
  return good
    ? []
    : [`${name} is ${shown(value)}: it is a number above 0, below ${below}, of at most ${decimals} decimals`];
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, 80);
}
