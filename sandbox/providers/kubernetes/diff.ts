import { findChanges, formatPath } from "../plugin/changes.js";
import type { Change, DiffCall, Difference } from "../plugin/provider.js";
import type { ValueMap } from "../plugin/values.js";
import { isAnnotated, PULUMI } from "./annotations.js";
import { fromCheckpoint, metaText } from "./checkpoint.js";
import { cleanInputs, mergeStringData } from "./inputs.js";
import { isSameQuantity } from "./quantity.js";
import { forcesReplacement } from "./replacement.js";
import type { Settings } from "./settings.js";

/**
 * What new inputs change. The old ones are those of the last update or, after a refresh, what the cluster had then: so
 * drift is seen after a refresh, as with the published provider, and what only the server sets is never a change.
 */
export function diffInputs({ state, oldInputs, inputs }: DiffCall, settings: Settings): Difference {
  const before = comparable(Object.keys(oldInputs).length > 0 ? oldInputs : fromCheckpoint(state).inputs);
  const after = comparable(inputs);
  const changes = new Map<string, Change>(
    findChanges(before, after, isSameQuantity).map(({ path, kind }) => [
      formatPath(path),
      { kind, replace: forcesReplacement(path, after, settings) },
    ]),
  );
  const replaces = [...changes.values()].some(({ replace }) => replace);
  return { changes, deleteBeforeReplace: replaces && keepsName(state, inputs) };
}

/** Two spellings of one object are compared as one. */
function comparable(inputs: ValueMap): ValueMap {
  return mergeStringData(cleanInputs(inputs));
}

/** The new object must have the old one's name, so both cannot be there at once. */
function keepsName(state: ValueMap, inputs: ValueMap): boolean {
  if (isAnnotated(inputs, PULUMI.autonamed) || metaText(inputs, "name") === undefined) return false;
  const isSame = (field: "name" | "namespace"): boolean => metaText(inputs, field) === metaText(state, field);
  return isSame("name") && isSame("namespace");
}
