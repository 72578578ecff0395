import type { Created } from "../plugin/provider.js";
import { reveal, Secret, type ValueMap } from "../plugin/values.js";
import { generateId, generateText, rulesProblem, type TextRules } from "./generate.js";

/** One type of random resource: what it takes, and what it makes of it. */
export interface Kind {
  /** Inputs that it knows, with their defaults; any other is refused. */
  readonly defaults: ValueMap;
  readonly required: string;
  /** What is wrong with the inputs, defaults included. */
  problem(inputs: ValueMap): string | undefined;
  create(inputs: ValueMap): Created;
}

const TEXT_DEFAULTS = {
  keepers: undefined,
  length: undefined,
  lower: true,
  upper: true,
  number: true,
  numeric: true,
  special: true,
  minLower: 0,
  minUpper: 0,
  minNumeric: 0,
  minSpecial: 0,
  overrideSpecial: undefined,
};

const password: Kind = {
  defaults: TEXT_DEFAULTS,
  required: "length",
  problem: (inputs) => rulesProblem(textRules(inputs)),
  // The published provider calls every password "none": an id is shown and stored in the clear.
  create: (inputs) => ({ id: "none", state: { ...inputs, result: new Secret(generateText(textRules(inputs))) } }),
};

const text: Kind = {
  defaults: TEXT_DEFAULTS,
  required: "length",
  problem: (inputs) => rulesProblem(textRules(inputs)),
  create: (inputs) => {
    const result = generateText(textRules(inputs));
    return { id: result, state: { ...inputs, result } };
  },
};

const id: Kind = {
  defaults: { keepers: undefined, byteLength: undefined, prefix: undefined },
  required: "byteLength",
  problem: (inputs) => {
    const length = numberOf(inputs, "byteLength");
    return Number.isInteger(length) && length > 0 ? undefined : `byteLength is ${length}; it must be at least 1`;
  },
  create: (inputs) => {
    const { id: made, ...forms } = generateId(numberOf(inputs, "byteLength"), textOf(inputs, "prefix"));
    return { id: made, state: { ...inputs, ...forms } };
  },
};

/** By type token of the published provider. */
export const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["random:index/randomPassword:RandomPassword", password],
  ["random:index/randomString:RandomString", text],
  ["random:index/randomId:RandomId", id],
]);

function textRules(inputs: ValueMap): TextRules {
  return {
    length: numberOf(inputs, "length"),
    lower: reveal(inputs["lower"]) === true,
    upper: reveal(inputs["upper"]) === true,
    // `number` is the old name of `numeric`; either may switch digits off.
    numeric: reveal(inputs["numeric"]) === true && reveal(inputs["number"]) === true,
    special: reveal(inputs["special"]) === true,
    minLower: numberOf(inputs, "minLower"),
    minUpper: numberOf(inputs, "minUpper"),
    minNumeric: numberOf(inputs, "minNumeric"),
    minSpecial: numberOf(inputs, "minSpecial"),
    overrideSpecial: textOf(inputs, "overrideSpecial"),
  };
}

function numberOf(inputs: ValueMap, name: string): number {
  return Number(reveal(inputs[name]) ?? 0);
}

function textOf(inputs: ValueMap, name: string): string {
  const value = reveal(inputs[name]);
  return typeof value === "string" ? value : "";
}
