import type { Manifest } from "../../../kube/manifest.js";
import { GROUPS, LABELS, PRIORITIES } from "../../../naming.js";
import { VERSIONS } from "../../../versions.js";
import type { AddOn } from "./add-on.js";
import { ADD_ON_NAMESPACES, ON_SYSTEM_NODES, resources, TRAFFIC_MANAGER_PORT } from "./common.js";

const RBAC = "rbac.authorization.k8s.io";

/** The traffic manager through which developers swap a service for the code on their machine. https://telepresence.io/docs/ */
export const telepresence: AddOn = {
  about: "a service of an environment swapped for the code on a laptop",
  isOn: () => true,
  plan: () => ({
    charts: [
      {
        name: "telepresence-oss",
        from: {
          from: "oci",
          chart: "oci://ghcr.io/telepresenceio/telepresence-oss",
          version: VERSIONS.charts["telepresence-oss"],
        },
        namespace: ADD_ON_NAMESPACES.platform,
        values: {
          // One manager for all environments, those made later too; a second one for a single namespace would be in its way.
          namespaceSelector: { matchLabels: { [LABELS.managed]: "true" } },
          // Who intercepts must be allowed to forward ports there: GHSA-j8j4-rw65-56r6.
          security: { authentication: { mode: "enforcing" } },
          apiPort: TRAFFIC_MANAGER_PORT,
          priorityClassName: PRIORITIES.platform,
          tolerations: ON_SYSTEM_NODES,
          resources: resources("50m", "128Mi"),
        },
      },
    ],
    objects: developersReachIt(),
  }),
};

/**
 * Who works with it reaches it by a port forward; what they may intercept there, it asks the API server itself. Not by the
 * chart's own role, which would give all developers the right to forward ports in every environment.
 */
function developersReachIt(): readonly Manifest[] {
  const metadata = { name: "telepresence-users", namespace: ADD_ON_NAMESPACES.platform };
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: "Role",
      metadata,
      rules: [{ apiGroups: [""], resources: ["pods/portforward"], verbs: ["get", "create"] }],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: "RoleBinding",
      metadata,
      roleRef: { apiGroup: RBAC, kind: "Role", name: metadata.name },
      subjects: [{ apiGroup: RBAC, kind: "Group", name: GROUPS.developers }],
    },
  ];
}
