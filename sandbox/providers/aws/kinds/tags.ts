import { isDeepStrictEqual } from "node:util";
import type { Data } from "../kind.js";

export type Tags = Readonly<Record<string, string>>;

/** Most of AWS' APIs take tags as a list of these. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** The tags among inputs; none when there are none. */
export function tagsOf(inputs: Data): Tags {
  return (inputs["tags"] ?? {}) as Tags;
}

export function toTagList(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as inputs have them, without those that AWS itself puts there. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
export function fromTagList(list: readonly { Key?: string | undefined; Value?: string | undefined }[] = []): Tags {
  const own = list.filter(({ Key = "" }) => !Key.startsWith("aws:"));
  return Object.fromEntries(own.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** What turns the old tags into the new ones. */
export function tagChanges(old: Data, inputs: Data): { readonly set: Tags; readonly removed: readonly string[] } {
  const [before, after] = [tagsOf(old), tagsOf(inputs)];
  return {
    set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    removed: Object.keys(before).filter((key) => after[key] === undefined),
  };
}

/** True when this input is not as it was. */
export function hasChanged(name: string, { old, inputs }: { readonly old: Data; readonly inputs: Data }): boolean {
  return !isDeepStrictEqual(old[name], inputs[name]);
}
