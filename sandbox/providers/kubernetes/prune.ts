import { isList, isMap, reveal, type Value, type ValueMap } from "../plugin/values.js";
import { isSameQuantity } from "./quantity.js";

/**
 * The live object cut to the fields that the inputs name: what the inputs are now, drift included, without what the
 * server and controllers added. Where live and input mean the same, the input's spelling stays.
 */
export function pruneToInputs(live: ValueMap, inputs: ValueMap): ValueMap {
  return pruneMap([], live, inputs);
}

type Path = readonly (string | number)[];

function pruneMap(path: Path, live: ValueMap, inputs: ValueMap): ValueMap {
  const pruned: Record<string, Value> = {};
  for (const [name, wanted] of Object.entries(inputs)) {
    if (wanted === undefined) continue;
    const there = live[name];
    if (there !== undefined) pruned[name] = prune([...path, name], there, wanted);
    // The server leaves out what is empty: no drift.
    else if (isEmpty(wanted)) pruned[name] = wanted;
  }
  return pruned;
}

function prune(path: Path, live: Value, wanted: Value): Value {
  const bare = reveal(wanted) ?? null;
  if (isMap(live) && isMap(bare)) return pruneMap(path, live, bare);
  if (isList(live) && isList(bare)) {
    return live.map((item, index) => {
      const like = bare[index];
      return like === undefined ? item : prune([...path, index], item, like);
    });
  }
  return isSameQuantity(path, live, bare) ? bare : live;
}

function isEmpty(wanted: Value): boolean {
  const bare = reveal(wanted) ?? null;
  if (isList(bare)) return bare.length === 0;
  if (isMap(bare)) return Object.values(bare).every((item) => item === undefined || isEmpty(item));
  return bare === null || bare === "" || bare === false || bare === 0;
}
