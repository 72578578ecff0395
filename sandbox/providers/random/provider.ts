import { isDeepStrictEqual } from "node:util";
import { VERSIONS } from "../../../versions.js";
import type {
  Change,
  CheckCall,
  Checked,
  Created,
  Difference,
  DiffCall,
  Failure,
  Provider,
  ReadCall,
} from "../plugin/provider.js";
import { hasUnknown, Unknown, unwrap, type ValueMap } from "../plugin/values.js";
import { type Kind, KINDS } from "./kinds.js";

/** The stand-in for the published random provider: passwords, strings and ids, for what this project uses of it. */
export function createRandomProvider(): Provider {
  return {
    name: "random",
    version: VERSIONS.plugins.random,
    checkConfig: (inputs) => ({ inputs, failures: [] }),
    diffConfig: () => UNCHANGED,
    configure: () => undefined,
    invoke: (token) => Promise.reject(new Error(`${token} is no function of the sandbox's random provider`)),
    check: (call) => Promise.resolve(check(call)),
    diff: (call) => Promise.resolve(diff(call)),
    create: ({ type, inputs, preview }) => Promise.resolve(preview ? previewed(inputs) : kindOf(type).create(inputs)),
    read: (call) => Promise.resolve(read(call)),
    update: ({ inputs, state }) => Promise.resolve({ ...state, ...inputs }),
    delete: () => Promise.resolve(),
    cancel: () => undefined,
  };
}

const UNCHANGED: Difference = { changes: new Map(), deleteBeforeReplace: false };

function check({ type, inputs }: CheckCall): Checked {
  const kind = kindOf(type);
  const known = Object.keys(kind.defaults);
  const failures: Failure[] = Object.keys(inputs)
    .filter((property) => !known.includes(property) && !property.startsWith("__"))
    .map((property) => ({ property, reason: `is not supported by the sandbox; supported are ${known.join(", ")}` }));
  const complete = withDefaults(kind, inputs);
  if (complete[kind.required] === undefined) failures.push({ property: kind.required, reason: "is missing" });
  else if (!hasUnknown(complete)) {
    const problem = kind.problem(complete);
    if (problem !== undefined) failures.push({ property: kind.required, reason: problem });
  }
  return { inputs: complete, failures };
}

/** Nothing random can change in place: every change makes a new one. */
function diff({ type, oldInputs, inputs }: DiffCall): Difference {
  const kind = kindOf(type);
  const [before, after] = [withDefaults(kind, oldInputs), withDefaults(kind, inputs)];
  const changes = new Map<string, Change>();
  for (const property of Object.keys(kind.defaults)) {
    const [old, now] = [before[property], after[property]];
    if (isDeepStrictEqual(unwrap(old ?? null), unwrap(now ?? null))) continue;
    changes.set(property, { kind: old === undefined ? "add" : now === undefined ? "delete" : "update", replace: true });
  }
  return { changes, deleteBeforeReplace: false };
}

function previewed(inputs: ValueMap): Created {
  const unknown = Unknown.value;
  return {
    id: "",
    state: { ...inputs, result: unknown, b64Std: unknown, b64Url: unknown, dec: unknown, hex: unknown },
  };
}

function read({ id, inputs, state }: ReadCall): { id: string; inputs: ValueMap; state: ValueMap } {
  if (Object.keys(state).length > 0) return { id, inputs, state };
  throw new Error("import of random resources is not supported by the sandbox: they exist in the state alone");
}

function withDefaults({ defaults }: Kind, inputs: ValueMap): ValueMap {
  const given = Object.entries(inputs).filter(([property, value]) => !property.startsWith("__") && value !== null);
  const set = Object.entries(defaults).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...set, ...given]);
}

function kindOf(type: string): Kind {
  const kind = KINDS.get(type);
  if (kind !== undefined) return kind;
  throw new Error(`${type} is not supported by the sandbox; supported are ${[...KINDS.keys()].join(", ")}`);
}
