import { setTimeout } from "node:timers/promises";
import type { KubeClient } from "../../../../kube/client.js";
import { isNotFound } from "../../../../kube/errors.js";
import { asText, at, type LiveObject, type ObjectRef } from "../../../../kube/object.js";
import { listAt } from "./status.js";

const PAUSE_MS = 100;

/**
 * Waits until discovery tells of the kind that a definition makes, in each version that it serves. A definition is
 * established a moment earlier, and an object of the kind made in that moment would be refused.
 */
export async function awaitServed(client: KubeClient, object: LiveObject, signal: AbortSignal): Promise<void> {
  for (const kind of servedKinds(object)) {
    while (!(await isServed(client, kind))) await setTimeout(PAUSE_MS, undefined, { signal });
  }
}

function servedKinds(object: LiveObject): readonly ObjectRef[] {
  if (object.kind !== "CustomResourceDefinition") return [];
  const [group, kind] = [asText(at(object, "spec", "group")), asText(at(object, "spec", "names", "kind"))];
  return listAt(object, "spec", "versions")
    .filter((version) => at(version, "served") === true)
    .map((version) => ({ apiVersion: `${group}/${asText(at(version, "name"))}`, kind }));
}

async function isServed(client: KubeClient, kind: ObjectRef): Promise<boolean> {
  try {
    await client.resources.find(kind);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
