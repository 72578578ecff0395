import type { PlannedObject } from "../../environments/plan/types.js";
import type { JsonObject } from "../../kube/manifest.js";
import { CLUSTER_ROLES, GROUPS, NAMESPACES } from "../../naming.js";
import { platformObject } from "./object.js";

const RBAC = "rbac.authorization.k8s.io";
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
/** What users only look at in their environment: its walls, and what Kubernetes says of it. */
const WALLS: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ["", ["resourcequotas", "limitranges", "events", "endpoints", "pods/log", "pods/status"]],
  ["networking.k8s.io", ["networkpolicies"]],
  [RBAC, ["roles", "rolebindings"]],
  ["discovery.k8s.io", ["endpointslices"]],
  ["events.k8s.io", ["events"]],
  ["metrics.k8s.io", ["pods"]],
];

/** Comes with the namespace and holds for what is in it. */
const OWN_WALLS: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ["", ["resourcequotas", "limitranges"]],
  ["networking.k8s.io", ["networkpolicies"]],
  [RBAC, ["rolebindings"]],
];

/** Who may do what; the roles' owners are bound in each environment (environments/tenancy). */
export function roles(): PlannedObject[] {
  const [viewer, editor, creator, operator] = [viewerRole(), editorRole(), creatorRole(), operatorRole()];
  return [
    viewer,
    editor,
    creator,
    operator,
    binding(CLUSTER_ROLES.viewer, [GROUPS.developers, GROUPS.ci], viewer),
    binding(CLUSTER_ROLES.creator, [GROUPS.developers], creator),
    binding(CLUSTER_ROLES.operator, [GROUPS.ci, GROUPS.platform], operator),
  ];
}

/** Where the shared Kafka runs developers run the one Job that removes topics (admission/topic-removal.ts). */
export function topicRemovers(after: readonly string[]): PlannedObject[] {
  const metadata = { name: "topic-removers", namespace: NAMESPACES.shared };
  const role = platformObject(
    {
      apiVersion: `${RBAC}/v1`,
      kind: "Role",
      metadata,
      rules: [rule("batch", ["jobs"], [...READ, "create", "delete"])],
    },
    after,
  );
  const bound = {
    apiVersion: `${RBAC}/v1`,
    kind: "RoleBinding",
    metadata,
    roleRef: { apiGroup: RBAC, kind: "Role", name: metadata.name },
    subjects: [group(GROUPS.developers)],
  };
  return [role, platformObject(bound, [role.id])];
}

function viewerRole(): PlannedObject {
  return clusterRole(CLUSTER_ROLES.viewer, [
    ...[...WORKLOADS, ...WALLS].map(([group, resources]) => rule(group, resources, READ)),
    rule("", ["namespaces", "nodes", "persistentvolumes"], READ),
    rule("storage.k8s.io", ["storageclasses"], READ),
    rule("scheduling.k8s.io", ["priorityclasses"], READ),
  ]);
}

function editorRole(): PlannedObject {
  return clusterRole(CLUSTER_ROLES.editor, [
    ...WORKLOADS.map(([group, resources]) => rule(group, resources, WRITE)),
    rule("", ["secrets"], WRITE),
    rule("apps", ["deployments/scale", "statefulsets/scale", "replicasets/scale"], ["get", "update", "patch"]),
    // `get` is what a WebSocket client sends for exec. https://kubernetes.io/docs/reference/access-authn-authz/rbac/
    rule("", ["pods/exec", "pods/attach", "pods/portforward"], ["get", "create"]),
    rule("", ["pods/ephemeralcontainers"], ["update", "patch"]),
    rule("", ["pods/eviction"], ["create"]),
    // Charts bring Roles for their service accounts; nobody can put more into one than they have themselves.
    rule(RBAC, ["roles"], WRITE),
    ...WALLS.map(([group, resources]) => rule(group, resources, READ)),
  ]);
}

/**
 * What every developer may do before there is an environment in which they are editors. RBAC knows no owners: the
 * admission policies keep it to namespaces of their own. Secrets are not in it, for no policy sees who reads.
 */
function creatorRole(): PlannedObject {
  const write = ["create", "update", "patch", "delete"];
  return clusterRole(CLUSTER_ROLES.creator, [
    rule("", ["namespaces"], write),
    ...OWN_WALLS.map(([group, resources]) => rule(group, resources, write)),
    BIND_EDITOR,
  ]);
}

function operatorRole(): PlannedObject {
  return clusterRole(CLUSTER_ROLES.operator, [
    ...[...WORKLOADS, ...WALLS].map(([group, resources]) => rule(group, resources, WRITE)),
    rule("", ["namespaces", "secrets"], WRITE),
    rule("", ["nodes", "persistentvolumes"], READ),
    rule("scheduling.k8s.io", ["priorityclasses"], READ),
    BIND_EDITOR,
  ]);
}

function rule(group: string, resources: readonly string[], verbs: readonly string[]): JsonObject {
  return { apiGroups: [group], resources, verbs };
}

/** Gives a role to others although one does not have it. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update */
const BIND_EDITOR: JsonObject = { ...rule(RBAC, ["clusterroles"], ["bind"]), resourceNames: [CLUSTER_ROLES.editor] };

function clusterRole(name: string, rules: readonly JsonObject[]): PlannedObject {
  return platformObject({ apiVersion: `${RBAC}/v1`, kind: "ClusterRole", metadata: { name }, rules });
}

function binding(name: string, groups: readonly string[], role: PlannedObject): PlannedObject {
  return platformObject(
    {
      apiVersion: `${RBAC}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name },
      roleRef: { apiGroup: RBAC, kind: "ClusterRole", name },
      subjects: groups.map(group),
    },
    [role.id],
  );
}

function group(name: string): JsonObject {
  return { apiGroup: RBAC, kind: "Group", name };
}
