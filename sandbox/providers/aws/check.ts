import { createHash, randomBytes } from "node:crypto";
import type { CheckCall, Checked, Failure } from "../plugin/provider.js";
import type { ValueMap } from "../plugin/values.js";
import type { AwsKind, Data } from "./kind.js";

/** Completes inputs with the kind's defaults; refuses by name what the sandbox does not have, and what lacks. */
export function checkInputs(kind: AwsKind, call: CheckCall): Checked {
  const complete = withDefaults(kind.defaults ?? {}, call.inputs);
  const inputs = kind.isAutonamed === true ? withName(complete, call) : complete;
  const known = Object.keys(kind.inputs).filter((name) => !name.includes("."));
  const unknown: Failure[] = Object.keys(inputs)
    .filter((property) => !known.includes(property))
    .map((property) => ({ property, reason: `is not supported by the sandbox; supported are ${known.join(", ")}` }));
  const missing: Failure[] = kind.required
    .filter((property) => inputs[property] === undefined)
    .map((property) => ({ property, reason: `is missing; ${kind.type} cannot be made without it in the sandbox` }));
  return { inputs, failures: [...unknown, ...missing] };
}

/** Properties that begin with `__` are the engine's own. */
function withDefaults(defaults: Data, given: ValueMap): ValueMap {
  const own = Object.entries(given).filter(([name, value]) => !name.startsWith("__") && (value ?? null) !== null);
  return { ...(defaults as ValueMap), ...Object.fromEntries(own) };
}

/** Keeps the name that it has; a new one is the same in the preview and in the update after it. */
function withName(inputs: ValueMap, { name, oldInputs, seed }: CheckCall): ValueMap {
  if (inputs["name"] !== undefined) return inputs;
  const digits = createHash("sha256")
    .update(seed.length === 0 ? randomBytes(8) : seed)
    .digest("hex");
  return { ...inputs, name: oldInputs?.["name"] ?? `${name}-${digits.slice(0, 7)}` };
}
