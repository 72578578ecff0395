import { NAMESPACES, userName } from "../../../naming.js";
import { type Attempt, creation, DRY, type Neighbours, PROBE } from "./attempt.js";

/** Taking down what surrounds the own environment. */
export function walls({ from, to, fromOwner }: Neighbours): readonly Attempt[] {
  const remove = (text: string, path: string): Attempt => ({
    boundary: "walls",
    text,
    actor: "owner",
    method: "DELETE",
    path,
    query: DRY,
  });
  const binding = (namespace: string, role: string): Attempt =>
    creation(
      { boundary: "rights", text: `bind the role ${role} in ${namespace}` },
      `/apis/${RBAC}/namespaces/${namespace}/rolebindings`,
      {
        apiVersion: RBAC,
        kind: "RoleBinding",
        metadata: { name: PROBE, namespace },
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "User", name: userName(fromOwner) }],
      },
    );
  return [
    remove(`remove the quota of ${from}`, `/api/v1/namespaces/${from}/resourcequotas/${PROBE}`),
    remove(
      `remove a network policy of ${from}`,
      `/apis/networking.k8s.io/v1/namespaces/${from}/networkpolicies/${PROBE}`,
    ),
    binding(from, "cluster-admin"),
    binding(to, "edit"),
  ];
}

const RBAC = "rbac.authorization.k8s.io/v1";

/** What belongs to all environments. */
export function clusterScope({ to, fromOwner }: Neighbours): readonly Attempt[] {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: PROBE } };
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: PROBE, namespace: NAMESPACES.shared } };
  return [
    creation({ boundary: "cluster", text: "create a namespace" }, "/api/v1/namespaces", namespace),
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
