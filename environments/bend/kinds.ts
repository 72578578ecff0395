import type { Manifest } from "../../kube/manifest.js";

/** The kinds that a chart may bring, by their API version; all of them belong to a namespace. */
export const ALLOWED_KINDS: Readonly<Record<string, readonly string[]>> = {
  v1: ["ConfigMap", "PersistentVolumeClaim", "Pod", "ReplicationController", "Secret", "Service", "ServiceAccount"],
  "apps/v1": ["Deployment", "ReplicaSet", "StatefulSet"],
  "autoscaling/v1": ["HorizontalPodAutoscaler"],
  "autoscaling/v2": ["HorizontalPodAutoscaler"],
  "batch/v1": ["CronJob", "Job"],
  "networking.k8s.io/v1": ["Ingress", "NetworkPolicy"],
  "policy/v1": ["PodDisruptionBudget"],
  "rbac.authorization.k8s.io/v1": ["Role", "RoleBinding"],
};

/** Well-known kinds that belong to the whole cluster. */
export const CLUSTER_KINDS = [
  "APIService",
  "ClusterRole",
  "ClusterRoleBinding",
  "CSIDriver",
  "CustomResourceDefinition",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
] as const satisfies readonly string[];

/** Where the template of an object's pods is; `undefined` for kinds that make none. A Pod is its own template. */
export function podTemplatePath({ kind }: Manifest): readonly string[] | undefined {
  switch (kind) {
    case "Pod":
      return [];
    case "Deployment":
    case "ReplicaSet":
    case "ReplicationController":
    case "StatefulSet":
    case "Job":
      return ["spec", "template"];
    case "CronJob":
      return ["spec", "jobTemplate", "spec", "template"];
    default:
      return undefined;
  }
}

/** Kinds that others in the chart may name and that are ready as soon as they are made. */
const CONFIGURATION = ["ConfigMap", "Secret", "ServiceAccount", "Role", "RoleBinding"];

/** True for what pods need before they start: settings, credentials, identities. */
export function isConfiguration({ kind }: Manifest): boolean {
  return CONFIGURATION.includes(kind);
}
