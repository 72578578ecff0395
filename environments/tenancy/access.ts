import { CLUSTER_ROLES, userName } from "../../naming.js";
import type { PlannedObject } from "../plan/types.js";
import { tenancyObject, type TenancyContext } from "./context.js";

const API_GROUP = "rbac.authorization.k8s.io";

/** Name of the binding by which owner and collaborators may write. */
const EDITORS = "editors";
/** Id of it: whoever makes the environment may do the rest only once it is there. */
export const EDITORS_ID = `RoleBinding/${EDITORS}`;

/** The owner and the collaborators do their work in the namespace. */
export function editors({ config: { name, owner, collaborators } }: TenancyContext): PlannedObject {
  const people = [...new Set([owner, ...collaborators])];
  return tenancyObject(name, {
    apiVersion: `${API_GROUP}/v1`,
    kind: "RoleBinding",
    metadata: { name: EDITORS },
    roleRef: { apiGroup: API_GROUP, kind: "ClusterRole", name: CLUSTER_ROLES.editor },
    subjects: people.map((person) => ({ apiGroup: API_GROUP, kind: "User", name: userName(person) })),
  });
}

/** Pods that name no service account get no credential for the API server. */
export function defaultServiceAccount({ config: { name } }: TenancyContext): PlannedObject {
  return tenancyObject(name, {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "default" },
    automountServiceAccountToken: false,
  });
}
