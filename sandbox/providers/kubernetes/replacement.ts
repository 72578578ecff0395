import { asText, type ObjectRef } from "../../../kube/object.js";
import type { Path } from "../plugin/changes.js";
import { parsePath } from "../plugin/changes.js";
import { reveal, type ValueMap } from "../plugin/values.js";
import type { Settings } from "./settings.js";

/** True when a change there cannot be made in place. */
export function forcesReplacement(path: Path, inputs: ValueMap, settings: Settings): boolean {
  const ref = { apiVersion: asText(inputs["apiVersion"]), kind: asText(inputs["kind"]) };
  if (IDENTITY.some((pattern) => beginsWith(path, pattern))) return true;
  if (isMutableByChoice(path, inputs, settings)) return false;
  return patternsOf(ref).some(
    ({ pattern, except }) => beginsWith(path, pattern) && !except.some((e) => beginsWith(path, e)),
  );
}

interface Rule {
  readonly pattern: Path;
  readonly except: readonly Path[];
}

const IDENTITY: readonly Path[] = ["metadata.name", "metadata.namespace", "apiVersion", "kind"].map(parsePath);

/**
 * By group and kind: fields that the API server does not let change, as in the published provider. `!` begins an
 * exception. https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go
 */
const IMMUTABLE: Readonly<Record<string, readonly string[]>> = {
  "apps/DaemonSet": ["spec.selector"],
  "apps/Deployment": ["spec.selector"],
  "apps/StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "batch/Job": ["spec.completions", "spec.completionMode", "spec.parallelism", "spec.selector", "spec.template"],
  "/ConfigMap": ["data", "binaryData", "immutable"],
  "/Secret": ["data", "stringData", "type", "immutable"],
  "/PersistentVolume": ["spec.csi", "spec.hostPath", "spec.local", "spec.nfs", "spec.iscsi", "spec.fc"],
  "/PersistentVolumeClaim": ["spec", "!spec.resources.requests", "!spec.volumeAttributesClassName"],
  "/Pod": [
    "spec",
    "!spec.containers[*].image",
    "!spec.initContainers[*].image",
    "!spec.activeDeadlineSeconds",
    "!spec.tolerations",
  ],
  "/ResourceQuota": ["spec.scopes", "spec.scopeSelector"],
  "/Service": ["spec.clusterIP"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "scheduling.k8s.io/PriorityClass": ["value", "preemptionPolicy"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"],
};

const RULES = new Map(
  Object.entries(IMMUTABLE).map(([kind, fields]): [string, readonly Rule[]] => {
    const except = fields.filter((field) => field.startsWith("!")).map((field) => parsePath(field.slice(1)));
    const patterns = fields.filter((field) => !field.startsWith("!"));
    return [kind, patterns.map((field) => ({ pattern: parsePath(field), except }))];
  }),
);

function patternsOf({ apiVersion, kind }: ObjectRef): readonly Rule[] {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return RULES.get(`${group}/${kind}`) ?? [];
}

/** ConfigMaps and Secrets are replaced, so that pods which name them restart, unless the provider was told otherwise. */
function isMutableByChoice(path: Path, inputs: ValueMap, settings: Settings): boolean {
  if (inputs["apiVersion"] !== "v1" || reveal(inputs["immutable"]) === true) return false;
  const [field] = path;
  if (field !== "data" && field !== "binaryData" && field !== "stringData") return false;
  if (inputs["kind"] === "ConfigMap") return settings.enableConfigMapMutable;
  return inputs["kind"] === "Secret" && settings.enableSecretMutable;
}

function beginsWith(path: Path, pattern: Path): boolean {
  return pattern.length <= path.length && pattern.every((step, index) => step === "*" || step === path[index]);
}
