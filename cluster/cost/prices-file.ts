import { parse } from "yaml";
import { throwFaults, UserError, type Fault } from "../../errors.js";
import { isJsonObject } from "../../kube/object.js";
import { suggest } from "../../suggest.js";
import { PRICES, type Price, type Prices } from "./prices.js";

/** Prices that may be added: of instance types that the table does not have. */
const INSTANCE = /^ec2\.[a-z0-9-]+\.[a-z0-9]+$/;

/**
 * The table of prices with those of a file laid over it: a mapping of price to US dollars, in YAML or JSON, such as
 * `eks.cluster: 0.1`. What the file says is for the cluster's own region.
 * @param file the file's name, for messages and as source of its prices
 * @throws UserError (usage) that tells all faults at once
 */
export function pricesWith(file: string, { text, region }: { readonly text: string; readonly region: string }): Prices {
  const content = read(file, text);
  const faults: Fault[] = [];
  const own = Object.entries(content).map(([name, usd]): [string, Price] => {
    const base: Price | undefined = (PRICES as Prices)[name];
    if (base === undefined && !INSTANCE.test(name)) faults.push(unknownPrice(name));
    if (typeof usd !== "number" || !Number.isFinite(usd) || usd < 0) {
      faults.push({ where: name, problem: `${JSON.stringify(usd)} is no price: it is a number of US dollars` });
    }
    return [name, { usd: Number(usd), unit: base?.unit ?? "hour", region, source: file, date: "" }];
  });
  throwFaults(`prices in ${file}`, faults);
  return { ...PRICES, ...Object.fromEntries(own) };
}

function read(file: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = parse(text);
    if (isJsonObject(content)) return content;
  } catch (cause) {
    throw new UserError(`prices in ${file}: it is neither YAML nor JSON: ${String(cause)}`, { exit: "usage", cause });
  }
  throw new UserError(`prices in ${file}: it is no mapping of prices to US dollars`, {
    hint: "write lines such as eks.cluster: 0.1",
    exit: "usage",
  });
}

function unknownPrice(name: string): Fault {
  const names = Object.keys(PRICES);
  const near = suggest(name, names);
  return {
    where: name,
    problem: `is no price; there are ${names.join(", ")}, and ec2.<instance type>`,
    ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
  };
}
