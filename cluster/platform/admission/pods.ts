import type { PlannedObject } from "../../../environments/plan/types.js";
import { admissionPolicy, literal, literals, type AdmissionRule } from "./policy.js";

const POD_SPEC =
  "object.kind == 'Pod' ? object.spec : " +
  "object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec";
const CONTAINERS = ["containers", "initContainers", "ephemeralContainers"]
  .map((list) => `(has(variables.pod.${list}) ? variables.pod.${list} : [])`)
  .join(" + ");

/**
 * No folders of nodes, and images from known registries. Pod Security refuses the pods as well; here the workload
 * itself is refused, so that whoever writes it is told, and not only an event.
 * @param allowedRegistries prefixes of image references; empty: all
 */
export function podsPolicy(allowedRegistries: readonly string[]): PlannedObject[] {
  return admissionPolicy({
    name: "ed8k-pods",
    resources: {
      "": ["pods", "pods/ephemeralcontainers", "replicationcontrollers"],
      apps: ["deployments", "statefulsets", "daemonsets", "replicasets"],
      batch: ["jobs", "cronjobs"],
    },
    operations: ["CREATE", "UPDATE"],
    scope: "environments",
    appliesTo: "everybody",
    variables: { pod: POD_SPEC, images: `(${CONTAINERS}).map(container, container.image)` },
    validations: [
      {
        expression: "!has(variables.pod.volumes) || variables.pod.volumes.all(volume, !has(volume.hostPath))",
        message: literal("hostPath volumes are not allowed in an environment: they reach into the node"),
      },
      ...imageRules(allowedRegistries),
    ],
  });
}

function imageRules(allowed: readonly string[]): AdmissionRule["validations"] {
  if (allowed.length === 0) return [];
  const isAllowed = `${literals(allowed)}.exists(prefix, image.startsWith(prefix))`;
  return [
    {
      expression: `variables.images.all(image, ${isAllowed})`,
      message:
        `${literal("images must come from ")} + ${literal(allowed.join(", "))} + ', but there is ' + ` +
        `variables.images.filter(image, !(${isAllowed})).join(', ')`,
    },
  ];
}
