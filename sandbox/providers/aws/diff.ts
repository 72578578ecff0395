import { formatPath, type Path } from "../plugin/changes.js";
import type { Change, Difference } from "../plugin/provider.js";
import { hasUnknown, isMap, reveal, unwrap, type Value, type ValueMap } from "../plugin/values.js";
import type { AwsKind, OnChange } from "./kind.js";
import { isSame } from "./meaning.js";

/**
 * What new inputs change. The old ones are those of the last update or, after a refresh, what AWS had then; an input that
 * is not known yet counts as changed.
 */
export function diffInputs(kind: AwsKind, oldInputs: ValueMap, inputs: ValueMap): Difference {
  const changes = new Map<string, Change>();
  for (const name of Object.keys(kind.inputs).filter((input) => !input.includes("."))) {
    for (const { path, ...change } of findChanges([name], oldInputs[name], inputs[name])) {
      changes.set(formatPath(path), { ...change, replace: onChange(kind, path) === "replace" });
    }
  }
  const replaces = [...changes.values()].some(({ replace }) => replace);
  return { changes, deleteBeforeReplace: replaces && kind.deleteBeforeReplace === true };
}

/** What the kind says of the place itself, or of the nearest one around it. */
function onChange({ inputs }: AwsKind, path: Path): OnChange | undefined {
  const places = path.map((_, index) => inputs[path.slice(0, index + 1).join(".")]);
  return places.findLast((place) => place !== undefined);
}

interface FoundChange extends Pick<Change, "kind"> {
  readonly path: Path;
}

/** As deep as maps go: a list is one value, because most of AWS' lists are sets. */
function findChanges(path: Path, before: Value | undefined, after: Value | undefined): FoundChange[] {
  const [old, now] = [bare(before), bare(after)];
  if (!hasUnknown(now) && isSame(old, now)) return [];
  if (isMap(old) && isMap(now)) {
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...names].flatMap((name) => findChanges([...path, name], old[name], now[name]));
  }
  return [{ path, kind: old === undefined ? "add" : now === undefined ? "delete" : "update" }];
}

function bare(value: Value | undefined): Value | undefined {
  const known = reveal(value) ?? null;
  return known === null ? undefined : unwrap(known);
}
