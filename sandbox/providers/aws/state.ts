import { hasSecret, isMap, Secret, toJson, Unknown, type Value, type ValueMap } from "../plugin/values.js";
import type { AwsKind, Data } from "./kind.js";
import { asGiven, isSame } from "./meaning.js";

/** Plain data of what the engine says; what is not known yet is left out. */
export function toData(values: ValueMap): Data {
  return toJson(values) as Data;
}

/** What the state keeps: all that AWS says, and the inputs in the program's own words. */
export function stateOf(inputs: ValueMap, live: Data): ValueMap {
  return { ...merge(live as ValueMap, inputs), ...tagsAll(inputs["tags"] ?? (live["tags"] as Value | undefined)) };
}

/** The state of one that is still to be made: what only AWS can say is not known. */
export function stateBefore({ computed }: AwsKind, inputs: ValueMap): ValueMap {
  const unknown = computed.map((path) => nest(path.split("."), Unknown.value));
  return { ...[...unknown, inputs].reduce(merge, {}), ...tagsAll(inputs["tags"]) };
}

/** The state with other inputs; those that are no longer given are gone from it, what AWS alone says is kept. */
export function stateWith({ computed }: AwsKind, state: ValueMap, inputs: ValueMap): ValueMap {
  const kept = computed.flatMap((path) => {
    const value = valueAt(state, path.split("."));
    return value === undefined ? [] : [nest(path.split("."), value)];
  });
  return { ...[...kept, inputs].reduce(merge, {}), ...tagsAll(inputs["tags"]) };
}

/**
 * The known inputs as AWS has them now: in the program's words where both say the same. Inputs that the program leaves to
 * AWS stay left to it, but for tags: one that somebody else has put there is drift.
 */
export function currentInputs(kind: AwsKind, known: ValueMap, live: Data): ValueMap {
  if (Object.keys(known).length === 0) return inputsOfLive(kind, live);
  const current: Record<string, Value | undefined> = {};
  for (const [name, given] of Object.entries(known)) {
    const now = live[name];
    if (name === "tags" || given === undefined || now === undefined) continue;
    const plain = toJson(given);
    const like = asGiven(now, plain);
    current[name] = isSame(like, plain) ? given : secretLike(like as Value, given);
  }
  return { ...current, ...currentTags(known["tags"], live["tags"]) };
}

/** For imports: all that could have been given. */
function inputsOfLive({ inputs }: AwsKind, live: Data): ValueMap {
  const given = Object.keys(inputs).filter((name) => !name.includes(".") && !isSame(live[name], undefined));
  return Object.fromEntries(given.map((name) => [name, live[name] as Value]));
}

function currentTags(given: Value | undefined, live: unknown): ValueMap {
  const now = (live ?? {}) as ValueMap;
  if (given !== undefined && isSame(toJson(given), now)) return { tags: given };
  return Object.keys(now).length === 0 ? {} : { tags: given === undefined ? now : secretLike(now, given) };
}

/** Both; where both have a value the second one's, but maps are put together. Tags are the inputs' alone. */
function merge(one: ValueMap, other: ValueMap): ValueMap {
  const together = Object.entries(other).map(([name, value]): [string, Value | undefined] => {
    const before = one[name];
    return [name, name !== "tags" && isMap(before) && isMap(value) ? merge(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(together) };
}

function nest(path: readonly string[], value: Value): ValueMap {
  const [name = "", ...rest] = path;
  return { [name]: rest.length === 0 ? value : nest(rest, value) };
}

function valueAt(value: Value | undefined, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((map, name) => (isMap(map) ? map[name] : undefined), value);
}

function secretLike(value: Value, given: Value): Value {
  return hasSecret(given) ? new Secret(value) : value;
}

/** Outputs of the published provider: with its default tags, which the sandbox does not have, they would be more. */
function tagsAll(tags: Value | undefined): ValueMap {
  return tags === undefined ? {} : { tagsAll: tags };
}
