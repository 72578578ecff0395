import type { KubeClient } from "../../../../kube/client.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { asText, at, isJsonObject, type LiveObject } from "../../../../kube/object.js";
import { podProblems } from "./pods.js";

/** How many reasons are told; hundreds of pods mostly have the same. */
const MOST = 8;

/**
 * Why an object does not become ready, as far as its pods and the events about it and what it owns tell. It never
 * fails: a diagnosis that is not allowed is an empty one.
 */
export async function diagnose(client: KubeClient, object: LiveObject): Promise<readonly string[]> {
  const { namespace } = object.metadata;
  if (namespace === undefined) return [];
  const [pods, events] = await Promise.all([
    problemsOfPods(client, object, namespace),
    warnings(client, object, namespace),
  ]);
  return [...new Set([...pods, ...events])].slice(0, MOST);
}

async function problemsOfPods(client: KubeClient, object: LiveObject, namespace: string): Promise<readonly string[]> {
  if (object.kind === "Pod") return podProblems(object);
  const labels = at(object, "spec", "selector", "matchLabels") ?? at(object, "spec", "selector");
  if (!isJsonObject(labels) || Object.keys(labels).length === 0) return [];
  const labelSelector = Object.entries(labels)
    .map(([name, value]) => `${name}=${asText(value)}`)
    .join(",");
  const pods = await listOrNone(client, { kind: "Pod", namespace }, { labelSelector });
  return pods.flatMap(podProblems);
}

/** Events say what pods cannot: that there are none, because the quota or an admission policy refused them. */
async function warnings(client: KubeClient, object: LiveObject, namespace: string): Promise<readonly string[]> {
  const events = await listOrNone(client, { kind: "Event", namespace }, { fieldSelector: "type=Warning" });
  return events
    .filter((event) => isAbout(object, at(event, "involvedObject")))
    .map((event) => {
      const about = `${asText(at(event, "involvedObject", "kind"))} ${asText(at(event, "involvedObject", "name"))}`;
      return `${about}: [${asText(event["reason"])}] ${asText(event["message"])}`;
    });
}

function isAbout(object: LiveObject, about: unknown): boolean {
  if (!isJsonObject(about)) return false;
  const { kind, metadata } = object;
  if (about["uid"] === metadata.uid) return true;
  // What a workload owns begins with its name: ReplicaSets of a Deployment, pods of all.
  return (
    OWNED.has(kind) && OWNED_KINDS.has(asText(about["kind"])) && asText(about["name"]).startsWith(`${metadata.name}-`)
  );
}

const OWNED = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job"]);
const OWNED_KINDS = new Set(["ReplicaSet", "Pod"]);

async function listOrNone(
  client: KubeClient,
  where: { readonly kind: string; readonly namespace: string },
  selectors: JsonObject & { readonly labelSelector?: string; readonly fieldSelector?: string },
): Promise<readonly LiveObject[]> {
  try {
    return (await client.list({ apiVersion: "v1", ...where }, selectors)).items;
  } catch {
    return [];
  }
}
