import type { Json, JsonObject, Manifest } from "../../kube/manifest.js";
import { asList, asText, at, isJsonObject, type LiveObject } from "../../kube/object.js";
import { LABELS, runPodName } from "../../naming.js";
import { mainContainer } from "../live/pick-pod.js";
import { serviceOf } from "../live/read.js";

/** What a pod is made for. */
export interface PodLike {
  readonly environment: string;
  /** Whose pods it is like; it goes when that goes. */
  readonly workload: LiveObject;
  readonly command: readonly string[];
  /** Tells it from others of the same service. */
  readonly digest: string;
  /** When Kubernetes ends it, whatever becomes of whoever has made it. */
  readonly deadlineSeconds: number;
}

/**
 * A pod with the image, the variables, the files and the rights of a workload's main container, that runs something
 * else. It has none of the labels by which Services, Deployments and policies find the service's own pods, and is
 * neither probed nor started anew.
 */
export function podLike({ environment, workload, command, digest, deadlineSeconds }: PodLike): Manifest {
  const service = serviceOf(workload) ?? workload.metadata.name;
  const template = asObject(at(workload["spec"], "template"));
  const spec = asObject(template["spec"]);
  const name = mainContainer(template);
  const container =
    asList(spec["containers"])
      .filter(isJsonObject)
      .find((one) => one["name"] === name) ?? {};
  const { apiVersion, kind, metadata } = workload;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: runPodName(service, digest),
      namespace: environment,
      labels: { [LABELS.env]: environment, [LABELS.run]: service },
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid }],
    },
    spec: {
      ...only(spec, POD_FIELDS),
      ...nodeAffinity(spec),
      restartPolicy: "Never",
      activeDeadlineSeconds: deadlineSeconds,
      // What holds it, or what is run, need not end in good order once nobody waits for it.
      terminationGracePeriodSeconds: 1,
      containers: [{ ...only(container, CONTAINER_FIELDS), ...mounts(container, spec), command }],
    },
  };
}

/** What makes a process the service's own: where it runs, as whom, with which files. */
const POD_FIELDS = [
  "automountServiceAccountToken",
  "dnsConfig",
  "dnsPolicy",
  "enableServiceLinks",
  "hostAliases",
  "imagePullSecrets",
  "nodeSelector",
  "priorityClassName",
  "runtimeClassName",
  "securityContext",
  "serviceAccountName",
  "tolerations",
  "volumes",
] as const;
const CONTAINER_FIELDS = [
  "name",
  "image",
  "imagePullPolicy",
  "env",
  "envFrom",
  "resources",
  "securityContext",
  "workingDir",
] as const;

/** Where it would be kept from other pods of the service, or drawn to them, is of no matter. */
function nodeAffinity(spec: JsonObject): JsonObject {
  const wanted = at(spec, "affinity", "nodeAffinity");
  return wanted === undefined ? {} : { affinity: { nodeAffinity: wanted } };
}

/** Volumes of a StatefulSet's own pods are theirs alone. */
function mounts(container: JsonObject, spec: JsonObject): JsonObject {
  const volumes = new Set(asList(spec["volumes"]).map((volume) => asText(at(volume, "name"))));
  const kept = asList(container["volumeMounts"]).filter((mount) => volumes.has(asText(at(mount, "name"))));
  return kept.length === 0 ? {} : { volumeMounts: kept };
}

function only(object: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => fields.includes(key)));
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
