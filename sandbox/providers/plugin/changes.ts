import type { ChangeKind } from "./provider.js";
import { isList, isMap, reveal, Unknown, type Value } from "./values.js";

export type Path = readonly (string | number)[];
export interface FoundChange {
  readonly path: Path;
  readonly kind: ChangeKind;
}

/** Every place where two values differ, as deep as it can be told; `isSame` may call differing values equal. */
export function findChanges(
  before: Value | undefined,
  after: Value | undefined,
  isSame: (path: Path, before: Value, after: Value) => boolean = () => false,
): FoundChange[] {
  const compare = (path: Path, one: Value | undefined, two: Value | undefined): FoundChange[] => {
    const [old, now] = [reveal(one), reveal(two)];
    if (old === undefined || now === undefined) return old === now ? [] : [{ path, kind: addOrDelete(old) }];
    if (isMap(old) && isMap(now)) {
      const names = new Set([...Object.keys(old), ...Object.keys(now)]);
      return [...names].flatMap((name) => compare([...path, name], old[name], now[name]));
    }
    if (isList(old) && isList(now)) {
      const length = Math.max(old.length, now.length);
      return Array.from({ length }, (_, index) => compare([...path, index], old[index], now[index])).flat();
    }
    // What is not known yet may be what was: it is told as a change, as it may also not be.
    const same = old === now && !(now instanceof Unknown);
    return same || isSame(path, old, now) ? [] : [{ path, kind: "update" }];
  };
  return compare([], before, after);
}

/** `spec.ports[0].name`, `metadata.labels["app.kubernetes.io/name"]`: as the engine reads paths. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (/[."[\]]/.test(step)) return `${text}["${step.replaceAll('"', '\\"')}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/** Reads what `formatPath` writes; a `*` stands for any one step. */
export function parsePath(text: string): Path {
  const steps = text.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\[(\*)\]|([^.[\]]+)/g);
  return [...steps].map(([, index, quoted, star, name]) =>
    index !== undefined ? Number(index) : (quoted?.replaceAll('\\"', '"') ?? star ?? name ?? ""),
  );
}

function addOrDelete(old: Value | undefined): ChangeKind {
  return old === undefined ? "add" : "delete";
}
