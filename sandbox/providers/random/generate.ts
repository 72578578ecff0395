import { randomBytes, randomInt } from "node:crypto";

/** Which characters a text may and must have; names and defaults of the published provider. */
export interface TextRules {
  readonly length: number;
  readonly lower: boolean;
  readonly upper: boolean;
  readonly numeric: boolean;
  readonly special: boolean;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minNumeric: number;
  readonly minSpecial: number;
  /** Which special characters; empty: `!@#$%&*()-_=+[]{}<>:?`. */
  readonly overrideSpecial: string;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const NUMERIC = "0123456789";
/** https://www.pulumi.com/registry/packages/random/api-docs/randompassword/#overridespecial_nodejs */
const SPECIAL = "!@#$%&*()-_=+[]{}<>:?";

/** Why no text can follow these rules; `undefined` when one can. */
export function rulesProblem(rules: TextRules): string | undefined {
  const least = rules.minLower + rules.minUpper + rules.minNumeric + rules.minSpecial;
  if (!Number.isInteger(rules.length) || rules.length < 1) return `length is ${rules.length}; it must be at least 1`;
  if (rules.length < least) return `length is ${rules.length}; the minimums of its classes need at least ${least}`;
  return alphabet(rules) === ""
    ? "no class of characters is allowed; allow lower, upper, numeric or special"
    : undefined;
}

/** A text that follows the rules, from the system's secure random numbers. */
export function generateText(rules: TextRules): string {
  const special = specials(rules);
  const required = [
    ...pick(LOWER, rules.minLower),
    ...pick(LOWER.toUpperCase(), rules.minUpper),
    ...pick(NUMERIC, rules.minNumeric),
    ...pick(special, rules.minSpecial),
  ];
  return shuffle([...required, ...pick(alphabet(rules), rules.length - required.length)]).join("");
}

/** The forms in which RandomId gives its bytes. */
export function generateId(
  byteLength: number,
  prefix: string,
): Record<"b64Std" | "b64Url" | "dec" | "hex" | "id", string> {
  const bytes = randomBytes(byteLength);
  const id = bytes.toString("base64url");
  return {
    id,
    b64Url: prefix + id,
    b64Std: prefix + bytes.toString("base64"),
    hex: prefix + bytes.toString("hex"),
    dec: prefix + BigInt(`0x${bytes.toString("hex")}`).toString(),
  };
}

function alphabet(rules: TextRules): string {
  return [
    rules.lower ? LOWER : "",
    rules.upper ? LOWER.toUpperCase() : "",
    rules.numeric ? NUMERIC : "",
    rules.special ? specials(rules) : "",
  ].join("");
}

function specials({ overrideSpecial }: TextRules): string {
  return overrideSpecial === "" ? SPECIAL : overrideSpecial;
}

function pick(letters: string, count: number): string[] {
  return Array.from({ length: count }, () => letters.charAt(randomInt(letters.length)));
}

function shuffle(letters: readonly string[]): string[] {
  const shuffled = [...letters];
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [shuffled[last], shuffled[other]] = [shuffled[other] ?? "", shuffled[last] ?? ""];
  }
  return shuffled;
}
