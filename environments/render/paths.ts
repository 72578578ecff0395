import type { Json, JsonObject } from "../../kube/manifest.js";
import type { Path } from "./rendered.js";

/** A path in Pulumi's syntax: `spec.containers[0].image`, `metadata.annotations["checksum/secret"]`. */
export function formatPath(path: Path): string {
  return path.map((step, index) => formatStep(step, index === 0)).join("");
}

function formatStep(step: string | number, first: boolean): string {
  if (typeof step === "number") return `[${step}]`;
  if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `[${JSON.stringify(step)}]`;
  return first ? step : `.${step}`;
}

/** The value at a path; `undefined` as soon as a step is missing. */
export function valueAt(value: Json | undefined, path: Path): Json | undefined {
  return path.reduce<Json | undefined>(
    (current, step) =>
      typeof current === "object" && current !== null ? (current as JsonObject)[step as string] : undefined,
    value,
  );
}

/** The value without what is at the paths: list items become null, so that others keep their places. */
export function without(value: Json, paths: readonly Path[]): Json {
  const here = paths.filter((path) => path.length > 0);
  if (here.length === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => {
      const inside = below(here, index);
      return inside.some((path) => path.length === 0) ? null : without(item, inside);
    });
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, Json | undefined]) => {
      const inside = below(here, key);
      if (item === undefined || inside.some((path) => path.length === 0)) return [];
      return [[key, without(item, inside)]];
    }),
  );
}

function below(paths: readonly Path[], step: string | number): Path[] {
  return paths.filter(([first]) => first === step).map((path) => path.slice(1));
}

/** Where two values differ: the deepest paths; a list of another length differs as a whole. */
export function differences(one: Json | undefined, other: Json | undefined, at: Path = []): Path[] {
  if (one === other) return [];
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as readonly Json[], other as readonly Json[]];
    if (left.length !== right.length) return [at];
    return left.flatMap((item, index) => differences(item, right[index], [...at, index]));
  }
  if (isMap(one) && isMap(other)) {
    const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...keys].flatMap((key) => differences(one[key], other[key], [...at, key]));
  }
  return [at];
}

/**
 * The paths, of those that lead through a list the path of the list: an entry of another version of the list may stand
 * at the place of this one, so that no place tells which one is meant.
 */
export function wholeLists(paths: readonly Path[]): Path[] {
  const cut = paths.map((path) => {
    const last = path.findLastIndex((step) => typeof step === "number");
    return last < 0 ? path : path.slice(0, last);
  });
  const distinct = [...new Map(cut.map((path) => [formatPath(path), path])).values()];
  return distinct.filter((path) => !distinct.some((other) => other !== path && isBelow(path, other)));
}

function isBelow(path: Path, above: Path): boolean {
  return path.length > above.length && above.every((step, index) => path[index] === step);
}

function isMap(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
