import type { JsonObject } from "../../../kube/manifest.js";
import { LABELS, ownerLabel } from "../../../naming.js";
import { type Actor, type Attempt, creation, DRY, MERGE, type Neighbours, PROBE } from "./attempt.js";

/** Reading Secrets of another environment. */
export function secrets({ to }: Neighbours): readonly Attempt[] {
  const path = `/api/v1/namespaces/${to}/secrets`;
  return (["owner", "pod"] as const).flatMap((actor) => [
    { boundary: "secrets", text: `read all Secrets of ${to}`, actor, method: "GET", path },
    { boundary: "secrets", text: `read one Secret of ${to}`, actor, method: "GET", path: `${path}/${PROBE}` },
  ]);
}

/** Every namespace has it. https://kubernetes.io/docs/concepts/security/service-accounts/ */
const COMMON_MAP = "configmaps/kube-root-ca.crt";

/** Writing in another environment, and entering its pods. */
export function writes({ to, toPod = PROBE }: Neighbours): readonly Attempt[] {
  const at = `/api/v1/namespaces/${to}`;
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: PROBE, namespace: to } };
  const patch = { metadata: { annotations: { [PROBE]: "1" } } };
  const own = (actor: Actor): readonly Attempt[] => [
    creation({ boundary: "writing", text: `create a ConfigMap in ${to}`, actor }, `${at}/configmaps`, map),
    {
      boundary: "writing",
      text: `change a ConfigMap of ${to}`,
      actor,
      method: "PATCH",
      path: `${at}/${COMMON_MAP}`,
      query: DRY,
      body: patch,
      contentType: MERGE,
    },
    {
      boundary: "writing",
      text: `delete a ConfigMap of ${to}`,
      actor,
      method: "DELETE",
      path: `${at}/${COMMON_MAP}`,
      query: DRY,
    },
  ];
  const enter = (verb: string, query: Attempt["query"] = {}): Attempt => ({
    boundary: "pods",
    text: `${verb} a pod of ${to}`,
    actor: "owner",
    method: "POST",
    path: `${at}/pods/${toPod}/${verb === "exec into" ? "exec" : "portforward"}`,
    query,
  });
  return [...own("owner"), ...own("pod"), enter("exec into", { command: "true", stdout: "true" }), enter("forward to")];
}

/** Saying of a namespace or an object that it is another's. */
export function labels({ from, fromOwner, to }: Neighbours): readonly Attempt[] {
  const relabel = (text: string, name: string, set: JsonObject): Attempt => ({
    boundary: "labels",
    text,
    actor: "owner",
    method: "PATCH",
    path: `/api/v1/namespaces/${name}`,
    query: DRY,
    body: { metadata: { labels: set } },
    contentType: MERGE,
  });
  const foreign = {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: PROBE, namespace: from, labels: { [LABELS.env]: to } },
  };
  return [
    relabel(`make ${fromOwner} the owner of ${to}`, to, { [LABELS.owner]: ownerLabel(fromOwner) }),
    relabel(`take the label of an environment off ${from}`, from, { [LABELS.managed]: null }),
    relabel(`allow privileged pods in ${from}`, from, { "pod-security.kubernetes.io/enforce": "privileged" }),
    creation(
      { boundary: "labels", text: `label an object of ${from} as one of ${to}` },
      `/api/v1/namespaces/${from}/configmaps`,
      foreign,
    ),
  ];
}
