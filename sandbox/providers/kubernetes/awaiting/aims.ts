import type { KubeClient } from "../../../../kube/client.js";
import { asText, at, isJsonObject, type LiveObject, type ObjectRef } from "../../../../kube/object.js";
import {
  addressReadiness,
  claimReadiness,
  definitionReadiness,
  endpointReadiness,
  namespaceReadiness,
  quotaReadiness,
  tokenReadiness,
  volumeReadiness,
} from "./objects.js";
import type { Condition } from "./readiness.js";
import {
  daemonSetReadiness,
  deploymentReadiness,
  jobReadiness,
  podReadiness,
  statefulSetReadiness,
} from "./workloads.js";

/** Something to wait for: a condition of the object itself, or of any one of others that are selected. */
export interface Aim {
  readonly condition: Condition;
  /** @default the object itself */
  readonly others?: { readonly ref: ObjectRef; readonly labelSelector: string };
}

/** What an object is waited for; kinds that are not here are ready as soon as they are there. */
export async function aimsOf(client: KubeClient, object: LiveObject): Promise<readonly Aim[]> {
  const condition = CONDITIONS[`${object.apiVersion}/${object.kind}`];
  if (condition !== undefined) return [{ condition }];
  if (object.apiVersion !== "v1") return [];
  if (object.kind === "Service") return serviceAims(object);
  if (object.kind === "PersistentVolumeClaim") return claimAims(client, object);
  return [];
}

const CONDITIONS: Readonly<Record<string, Condition>> = {
  "apps/v1/DaemonSet": daemonSetReadiness,
  "apps/v1/Deployment": deploymentReadiness,
  "apps/v1/StatefulSet": statefulSetReadiness,
  "apiextensions.k8s.io/v1/CustomResourceDefinition": definitionReadiness,
  "batch/v1/Job": jobReadiness,
  "networking.k8s.io/v1/Ingress": addressReadiness,
  "v1/Namespace": namespaceReadiness,
  "v1/PersistentVolume": volumeReadiness,
  "v1/Pod": podReadiness,
  "v1/ResourceQuota": quotaReadiness,
  "v1/Secret": tokenReadiness,
};

/** A Service takes traffic when a pod that it selects is ready; a headless one only names pods, so none is waited for. */
function serviceAims(object: LiveObject): readonly Aim[] {
  const { name, namespace } = object.metadata;
  const spec = at(object, "spec");
  const type = asText(at(spec, "type"));
  const selector = at(spec, "selector");
  const selects = isJsonObject(selector) && Object.keys(selector).length > 0;
  if (type === "ExternalName" || at(spec, "clusterIP") === "None") return [];
  const ref = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    ...(namespace === undefined ? {} : { namespace }),
  };
  const labelSelector = `kubernetes.io/service-name=${name}`;
  return [
    ...(type === "LoadBalancer" ? [{ condition: addressReadiness }] : []),
    ...(selects ? [{ condition: endpointReadiness, others: { ref, labelSelector } }] : []),
  ];
}

/** A claim whose class binds at the first consumer stays unbound until a pod uses it, which may be waiting for it. */
async function claimAims(client: KubeClient, object: LiveObject): Promise<readonly Aim[]> {
  const ref = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" };
  const name = at(object, "spec", "storageClassName");
  const storageClass =
    typeof name === "string" && name !== ""
      ? await client.find({ ...ref, name })
      : (await client.list(ref)).items.find((each) => each.metadata.annotations?.[IS_DEFAULT] === "true");
  return storageClass?.["volumeBindingMode"] === "WaitForFirstConsumer" ? [] : [{ condition: claimReadiness }];
}

const IS_DEFAULT = "storageclass.kubernetes.io/is-default-class";
