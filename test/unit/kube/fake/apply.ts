import type { Json, JsonObject } from "../../../../kube/manifest.js";
import { isJsonObject } from "../../../../kube/object.js";
import { Refusal } from "./refusal.js";

/** By field manager: the fields that it applied, as JSON pointers. */
export type Owners = ReadonlyMap<string, ReadonlySet<string>>;

export interface Applied {
  readonly object: JsonObject;
  readonly owners: Owners;
}

export interface Application {
  readonly manager: string;
  readonly force: boolean;
  readonly manifest: JsonObject;
}

/**
 * Server-side apply as far as the tests need it: maps are merged, lists are taken whole, fields that a manager no longer
 * names are removed, and fields of another manager are a conflict unless forced.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export function applyServerSide(live: Applied, { manager, force, manifest }: Application): Applied {
  const wanted = leaves(manifest).filter((path) => !IDENTITY.has(path));
  const others = [...live.owners].filter(([name]) => name !== manager);
  const conflicts = wanted.filter((path) => {
    const isOwned = others.some(([, fields]) => fields.has(path));
    return isOwned && JSON.stringify(valueAt(live.object, path)) !== JSON.stringify(valueAt(manifest, path));
  });
  if (conflicts.length > 0 && !force) {
    const [owner = ""] = others.find(([, fields]) => fields.has(conflicts[0] ?? "")) ?? [];
    throw new Refusal(409, "Conflict", {
      message: `Apply failed with 1 conflict: conflict with "${owner}": ${(conflicts[0] ?? "").replaceAll("/", ".")}`,
    });
  }
  const given = new Set(wanted);
  const dropped = [...(live.owners.get(manager) ?? [])].filter(
    (path) => !given.has(path) && !others.some(([, fields]) => fields.has(path)),
  );
  const kept = dropped.reduce<Json>((object, path) => without(object, steps(path)), live.object);
  const taken = others.map(([name, fields]): [string, ReadonlySet<string>] => [
    name,
    new Set([...fields].filter((path) => !conflicts.includes(path))),
  ]);
  return { object: merge(kept, manifest) as JsonObject, owners: new Map([...taken, [manager, given]]) };
}

/** RFC 7386, which is also what strategic merges come to for maps. */
export function mergePatch(live: Json, patch: Json): Json {
  if (!isJsonObject(patch)) return patch;
  const base = isJsonObject(live) ? live : {};
  const removed = new Set(Object.keys(patch).filter((name) => patch[name] === null));
  const changed = Object.entries(patch)
    .filter(([name]) => !removed.has(name))
    .map(([name, value]) => [name, mergePatch(base[name] ?? null, value ?? null)] as const);
  const stays = Object.entries(base).filter(([name]) => !removed.has(name));
  return Object.fromEntries([...stays, ...changed]);
}

const IDENTITY = new Set(["/apiVersion", "/kind", "/metadata/name", "/metadata/namespace", "/metadata/uid"]);

function merge(live: Json, wanted: Json): Json {
  if (!isJsonObject(live) || !isJsonObject(wanted)) return wanted;
  const merged = Object.entries(wanted).map(
    ([name, value]) => [name, merge(live[name] ?? null, value ?? null)] as const,
  );
  return { ...live, ...Object.fromEntries(merged) };
}

function leaves(value: Json, path = ""): string[] {
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([name, item]) =>
    item === undefined ? [] : leaves(item, `${path}/${name.replaceAll("/", "~1")}`),
  );
}

function valueAt(value: Json, path: string): Json | undefined {
  return steps(path).reduce<Json | undefined>((at, step) => (isJsonObject(at) ? at[step] : undefined), value);
}

function without(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === undefined || !isJsonObject(value)) return value;
  const { [step]: own, ...others } = value;
  return own === undefined || rest.length === 0 ? others : { ...others, [step]: without(own, rest) };
}

function steps(path: string): readonly string[] {
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/"));
}
