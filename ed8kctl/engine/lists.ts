import type { Json } from "../../kube/manifest.js";
import { asList, asText, at, isJsonObject } from "../../kube/object.js";
import type { ChangeSummary, StackSummary, UpdateRecord } from "./stacks.js";

/** Reads what `pulumi stack ls --json` prints. */
export function readStackList(printed: string): readonly StackSummary[] {
  return asList(JSON.parse(printed) as Json).map((stack) => {
    const resources = at(stack, "resourceCount");
    // A service tells the organization and the project as well.
    const name = asText(at(stack, "name")).split("/").at(-1) ?? "";
    return { name, ...(typeof resources === "number" ? { resources } : {}) };
  });
}

/** Reads the newest entry of what `pulumi stack history --json` prints; `undefined` when there is none. */
export function readLastUpdate(printed: string): UpdateRecord | undefined {
  const [newest] = asList(JSON.parse(printed) as Json);
  if (newest === undefined) return undefined;
  return {
    kind: asText(at(newest, "kind")),
    succeeded: at(newest, "result") === "succeeded",
    ended: asText(at(newest, "endTime")),
    changes: changesOf(at(newest, "resourceChanges")),
  };
}

function changesOf(counts: Json | undefined): ChangeSummary {
  const entries = Object.entries(isJsonObject(counts) ? counts : {});
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}
