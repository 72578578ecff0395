import { UserError } from "../../../errors.js";
import { isSame } from "./meaning.js";
import type { Change, Checked, Difference, Failure } from "../plugin/provider.js";
import { isList, reveal, toJson, Unknown, type Value, type ValueMap } from "../plugin/values.js";

/** What the provider was told, as far as the stand-in heeds it. */
export interface Configuration {
  readonly region: string;
  /** The only accounts that it may work in; `undefined`: any. */
  readonly allowedAccountIds: readonly string[] | undefined;
}

/** Checks that the published provider can leave out; the stand-in makes none of them, so it takes the SDK's defaults. */
const WITHOUT_EFFECT = [
  "skipCredentialsValidation",
  "skipMetadataApiCheck",
  "skipRegionValidation",
  "skipRequestingAccountId",
];
const HEEDED = ["region", "allowedAccountIds"];
/** The engine's own words about which plugin to use. */
const ENGINE = ["version", "pluginDownloadURL", "pluginChecksums"];

/** What is wrong with the provider's own inputs. */
export function checkConfiguration(inputs: ValueMap): Checked {
  const refused: Failure[] = Object.entries(inputs)
    .filter(([name, value]) => !isKnown(name) && (value ?? undefined) !== undefined)
    .map(([property]) => ({
      property,
      reason: `is not supported by the sandbox's aws provider; supported are ${HEEDED.join(", ")}`,
    }));
  const missing = (inputs["region"] ?? "") === "" ? [{ property: "region", reason: "is missing" }] : [];
  return { inputs, failures: [...missing, ...refused] };
}

/** In another region nothing of what the provider made is there: it is all made anew. */
export function diffConfiguration(oldInputs: ValueMap, inputs: ValueMap): Difference {
  const changes = new Map<string, Change>();
  for (const name of HEEDED) {
    const [before, after] = [oldInputs[name] ?? undefined, inputs[name] ?? undefined];
    if (!(reveal(after) instanceof Unknown) && isSame(plain(before), plain(after))) continue;
    const kind = before === undefined ? "add" : after === undefined ? "delete" : "update";
    changes.set(name, { kind, replace: name === "region" });
  }
  return { changes, deleteBeforeReplace: false };
}

/** Reads the inputs; the SDK sends everything but texts as JSON text. */
export function readConfiguration(inputs: ValueMap): Configuration {
  const region = reveal(inputs["region"]);
  const accounts = fromText(reveal(inputs["allowedAccountIds"]));
  return {
    region: typeof region === "string" ? region : "",
    allowedAccountIds: isList(accounts) && accounts.length > 0 ? accounts.map((id) => String(plain(id))) : undefined,
  };
}

/**
 * Refuses an account that the provider may not work in, in the published provider's words.
 * @throws UserError
 */
export function checkAccount({ allowedAccountIds }: Configuration, account: string): void {
  if (allowedAccountIds === undefined || allowedAccountIds.includes(account)) return;
  throw new UserError(`AWS account ID not allowed: ${account}; allowed are ${allowedAccountIds.join(", ")}`, {
    hint: "Use credentials of an allowed account, or correct ed8k:aws.accounts",
  });
}

function isKnown(name: string): boolean {
  return name.startsWith("__") || [...HEEDED, ...WITHOUT_EFFECT, ...ENGINE].includes(name);
}

function fromText(value: Value | undefined): Value | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return value;
  }
}

function plain(value: Value | undefined): unknown {
  return value === undefined ? undefined : toJson(value);
}
