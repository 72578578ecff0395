import type { PlannedObject } from "../../environments/plan/types.js";
import type { JsonObject } from "../../kube/manifest.js";
import { CLUSTER_ROLES, GROUPS } from "../../naming.js";
import { platformObject } from "./object.js";

const READ = ["get", "list", "watch"] as const;
const WRITE = [...READ, "create", "update", "patch", "delete", "deletecollection"] as const;

/** What developers work with in their own namespace, Secrets apart. */
const WORKLOADS: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ["", ["pods", "services", "configmaps", "persistentvolumeclaims", "serviceaccounts", "replicationcontrollers"]],
  ["apps", ["deployments", "statefulsets", "daemonsets", "replicasets"]],
  ["batch", ["jobs", "cronjobs"]],
  ["autoscaling", ["horizontalpodautoscalers"]],
  ["networking.k8s.io", ["ingresses"]],
  ["gateway.networking.k8s.io", ["httproutes"]],
  ["policy", ["poddisruptionbudgets"]],
];
/** What the platform sets and users only look at: the walls of an environment. */
const WALLS: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ["", ["resourcequotas", "limitranges", "events", "endpoints", "pods/log", "pods/status"]],
  ["networking.k8s.io", ["networkpolicies"]],
  ["rbac.authorization.k8s.io", ["roles", "rolebindings"]],
  ["discovery.k8s.io", ["endpointslices"]],
  ["events.k8s.io", ["events"]],
  ["metrics.k8s.io", ["pods"]],
];

/** Who may do what; the roles' owners are bound in each environment (environments/tenancy). */
export function roles(): PlannedObject[] {
  const viewer = clusterRole(CLUSTER_ROLES.viewer, [
    ...[...WORKLOADS, ...WALLS].map(([group, resources]) => rule(group, resources, READ)),
    rule("", ["namespaces", "nodes", "persistentvolumes"], READ),
    rule("storage.k8s.io", ["storageclasses"], READ),
    rule("scheduling.k8s.io", ["priorityclasses"], READ),
  ]);
  const editor = clusterRole(CLUSTER_ROLES.editor, [
    ...WORKLOADS.map(([group, resources]) => rule(group, resources, WRITE)),
    rule("", ["secrets"], WRITE),
    rule("apps", ["deployments/scale", "statefulsets/scale", "replicasets/scale"], ["get", "update", "patch"]),
    // `get` is what a WebSocket client sends for exec. https://kubernetes.io/docs/reference/access-authn-authz/rbac/
    rule("", ["pods/exec", "pods/attach", "pods/portforward"], ["get", "create"]),
    rule("", ["pods/ephemeralcontainers"], ["update", "patch"]),
    rule("", ["pods/eviction"], ["create"]),
    ...WALLS.map(([group, resources]) => rule(group, resources, READ)),
  ]);
  const operator = clusterRole(CLUSTER_ROLES.operator, [
    ...[...WORKLOADS, ...WALLS].map(([group, resources]) => rule(group, resources, WRITE)),
    rule("", ["namespaces", "secrets"], WRITE),
    rule("", ["nodes", "persistentvolumes"], READ),
    rule("scheduling.k8s.io", ["priorityclasses"], READ),
    { ...rule("rbac.authorization.k8s.io", ["clusterroles"], ["bind"]), resourceNames: [CLUSTER_ROLES.editor] },
  ]);
  return [
    viewer,
    editor,
    operator,
    binding(CLUSTER_ROLES.viewer, [GROUPS.developers, GROUPS.ci], viewer),
    binding(CLUSTER_ROLES.operator, [GROUPS.ci, GROUPS.platform], operator),
  ];
}

function rule(group: string, resources: readonly string[], verbs: readonly string[]): JsonObject {
  return { apiGroups: [group], resources, verbs };
}

function clusterRole(name: string, rules: readonly JsonObject[]): PlannedObject {
  return platformObject({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name }, rules });
}

function binding(name: string, groups: readonly string[], role: PlannedObject): PlannedObject {
  return platformObject(
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
      subjects: groups.map((group) => ({ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group })),
    },
    [role.id],
  );
}
