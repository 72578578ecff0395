import type { ObjectRef } from "../../../kube/object.js";

/**
 * What a type token of the Kubernetes package means: `kubernetes:apps/v1:Deployment`.
 * @throws Error for types that are no Kubernetes object, which the stand-in does not have
 */
export function kindOfType(type: string): ObjectRef {
  const [, module = "", kind = ""] = type.split(":");
  const apiVersion = module.startsWith("core/") ? module.slice("core/".length) : module;
  if (!module.includes("/")) {
    throw new Error(`apiVersion does not have both a group and a version: "${module}"`);
  }
  if (NOT_OBJECTS.test(module) || (!module.includes(".") && /(Patch|List)$/.test(kind))) {
    throw new Error(
      `${type} is not supported by the sandbox's Kubernetes provider; install the published plugin for it`,
    );
  }
  return { apiVersion, kind };
}

const NOT_OBJECTS = /^(helm\.sh|kustomize|yaml)\//;

/** True for kinds of Kubernetes itself that belong to no namespace; used where the cluster cannot be asked. */
export function isClusterScoped({ apiVersion, kind }: ObjectRef): boolean {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return CLUSTER_SCOPED.has(`${group}/${kind}`);
}

const CLUSTER_SCOPED = new Set([
  "/Namespace",
  "/Node",
  "/PersistentVolume",
  "admissionregistration.k8s.io/MutatingWebhookConfiguration",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
  "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
  "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
  "apiextensions.k8s.io/CustomResourceDefinition",
  "apiregistration.k8s.io/APIService",
  "certificates.k8s.io/CertificateSigningRequest",
  "flowcontrol.apiserver.k8s.io/FlowSchema",
  "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
  "networking.k8s.io/IngressClass",
  "node.k8s.io/RuntimeClass",
  "rbac.authorization.k8s.io/ClusterRole",
  "rbac.authorization.k8s.io/ClusterRoleBinding",
  "scheduling.k8s.io/PriorityClass",
  "storage.k8s.io/CSIDriver",
  "storage.k8s.io/CSINode",
  "storage.k8s.io/StorageClass",
  "storage.k8s.io/VolumeAttachment",
]);
