import { CLUSTER_ROLES, LABELS, NAMESPACES, ownerLabel, userName } from "../../../naming.js";
import { LIMITS_NAME } from "../../../environments/tenancy/limits.js";
import { QUOTA_NAME } from "../../../environments/tenancy/quota.js";
import type { JsonObject } from "../../../kube/manifest.js";
import { type Actor, type Attempt, creation, DRY, MERGE, type Neighbours, PROBE } from "./attempt.js";

/** Taking down what surrounds the own environment, as its owner and as one of its pods. */
export function walls({ from }: Neighbours): readonly Attempt[] {
  const at = `/api/v1/namespaces/${from}`;
  const policies = `/apis/${NETWORKING}/namespaces/${from}/networkpolicies`;
  const remove = (text: string, path: string): Attempt => ({
    boundary: "walls",
    text: `remove ${text} of ${from}`,
    actor: "owner",
    method: "DELETE",
    path,
    query: DRY,
  });
  const open = { podSelector: {}, policyTypes: ["Ingress"], ingress: [{}] };
  return [
    remove("the quota", `${at}/resourcequotas/${QUOTA_NAME}`),
    remove("the limits", `${at}/limitranges/${LIMITS_NAME}`),
    remove("a network policy", `${policies}/default-deny`),
    {
      boundary: "walls",
      text: `raise the quota of ${from}`,
      actor: "owner",
      method: "PATCH",
      path: `${at}/resourcequotas/${QUOTA_NAME}`,
      query: DRY,
      body: { spec: { hard: { pods: "100000" } } },
      contentType: MERGE,
    },
    ...(["owner", "pod"] as const).map((actor) =>
      creation({ boundary: "walls", text: `let everybody into ${from}`, actor }, policies, {
        apiVersion: NETWORKING,
        kind: "NetworkPolicy",
        metadata: { name: PROBE, namespace: from },
        spec: open,
      }),
    ),
  ];
}

/** Giving oneself more than one has. */
export function rights({ from, to, fromOwner }: Neighbours): readonly Attempt[] {
  const owner = { apiGroup: RBAC_GROUP, kind: "User", name: userName(fromOwner) };
  const binding = (namespace: string, role: string, actor: Actor = "owner"): Attempt =>
    creation(
      { boundary: "rights", text: `bind the role ${role} in ${namespace}`, actor },
      `/apis/${RBAC}/namespaces/${namespace}/rolebindings`,
      {
        apiVersion: RBAC,
        kind: "RoleBinding",
        metadata: { name: PROBE, namespace },
        roleRef: { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: role },
        subjects: [owner],
      },
    );
  return [
    binding(from, "cluster-admin"),
    binding(from, "view", "pod"),
    binding(to, "edit"),
    binding(to, CLUSTER_ROLES.editor),
    binding("kube-system", CLUSTER_ROLES.editor),
  ];
}

const NETWORKING = "networking.k8s.io/v1";
const RBAC_GROUP = "rbac.authorization.k8s.io";
const RBAC = "rbac.authorization.k8s.io/v1";

/** A name that an environment could have; nothing is made of it. */
const FREE_NAME = "probe-of-isolation";

/** What belongs to all environments. */
export function clusterScope({ to, fromOwner }: Neighbours): readonly Attempt[] {
  const namespace = (labels: JsonObject): JsonObject => ({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: FREE_NAME, labels },
  });
  const ofAnother = {
    [LABELS.managed]: "true",
    [LABELS.env]: FREE_NAME,
    [LABELS.owner]: ownerLabel(`${fromOwner}-not`),
  };
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: PROBE, namespace: NAMESPACES.shared } };
  return [
    creation({ boundary: "cluster", text: "create a plain namespace" }, "/api/v1/namespaces", namespace({})),
    creation(
      { boundary: "cluster", text: "create an environment of another" },
      "/api/v1/namespaces",
      namespace({ ...ofAnother, "pod-security.kubernetes.io/enforce": "baseline" }),
    ),
    {
      boundary: "cluster",
      text: `delete the namespace ${to}`,
      actor: "owner",
      method: "DELETE",
      path: `/api/v1/namespaces/${to}`,
      query: DRY,
    },
    creation(
      { boundary: "cluster", text: "write where the shared Kafka runs" },
      `/api/v1/namespaces/${NAMESPACES.shared}/configmaps`,
      map,
    ),
    creation(
      { boundary: "rights", text: "bind cluster-admin for the whole cluster" },
      `/apis/${RBAC}/clusterrolebindings`,
      {
        apiVersion: RBAC,
        kind: "ClusterRoleBinding",
        metadata: { name: PROBE },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: userName(fromOwner) }],
      },
    ),
  ];
}
