import type { EnvironmentPlan } from "../../environments/plan/types.js";
import { KubeError } from "../../kube/errors.js";
import type { LiveObject, ObjectRef } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { GATEWAY_ROUTE } from "../../environments/plan/http-routes.js";
import type { ReadClient, ReadTarget } from "../live/client.js";
import { plannedObjects, type LiveObjects } from "./changes.js";

/** Kinds of which an environment may have objects that its plan no longer has. */
const USUAL: readonly ObjectRef[] = [
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "apps/v1", kind: "DaemonSet" },
  { apiVersion: "batch/v1", kind: "Job" },
  { apiVersion: "batch/v1", kind: "CronJob" },
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "Secret" },
  { apiVersion: "v1", kind: "ServiceAccount" },
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding" },
  { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" },
];

/** Reads every object of an environment that a plan could change. */
export async function readLiveObjects(
  { facts, client }: ReadTarget,
  plan: EnvironmentPlan,
  signal: AbortSignal,
): Promise<LiveObjects> {
  const name = plan.environment;
  const namespace = await client.find({ apiVersion: "v1", kind: "Namespace", name }, { signal });
  if (namespace === undefined) return { objects: [], unseen: [] };
  const kinds = new Map(usualOn(facts).map((ref) => [ref.kind, ref]));
  for (const { manifest } of plannedObjects(plan)) {
    if (manifest.kind !== "Namespace")
      kinds.set(manifest.kind, { apiVersion: manifest.apiVersion, kind: manifest.kind });
  }
  const lists = await Promise.all(
    [...kinds.values()].map((ref) => listLabelled(client, { ...ref, namespace: name }, signal)),
  );
  return {
    objects: [namespace, ...lists.flatMap((list) => list.objects)],
    unseen: lists.flatMap((list) => list.unseen),
  };
}

/** Where routes are attached to a Gateway; a cluster without one need not know their kind. */
function usualOn({ gateway }: ReadTarget["facts"]): readonly ObjectRef[] {
  return gateway === undefined ? USUAL : [...USUAL, GATEWAY_ROUTE];
}

/** Objects without the environment's label are the chart's users' own; a kind may be one that this user may not see. */
async function listLabelled(client: ReadClient, ref: ObjectRef, signal: AbortSignal): Promise<LiveObjects> {
  const name = ref.namespace ?? "";
  try {
    const { items } = await client.list(ref, { labelSelector: `${LABELS.env}=${name}`, signal });
    return { objects: items satisfies readonly LiveObject[], unseen: [] };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.status === 404) return { objects: [], unseen: [] };
    if (error.status === 403) return { objects: [], unseen: [ref.kind] };
    throw error;
  }
}
