import type { PlannedObject } from "../../../environments/plan/types.js";
import { PRIORITIES } from "../../../naming.js";
import { PRIORITY_VALUES } from "../priority-classes.js";
import { admissionPolicy, literal, literals, type AdmissionRule } from "./policy.js";

const POD_SPEC =
  "object.kind == 'Pod' ? object.spec : " +
  "object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec";
const CONTAINERS = ["containers", "initContainers", "ephemeralContainers"]
  .map((list) => `(has(variables.pod.${list}) ? variables.pod.${list} : [])`)
  .join(" + ");

const VOLUME_IMAGES =
  "(has(variables.pod.volumes) ? variables.pod.volumes.filter(volume, has(volume.image) && has(volume.image.reference)).map(volume, volume.image.reference) : [])";

/**
 * No folders of nodes, no place before others, and images from known registries. Pod Security refuses the pods as well; here the workload
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
    variables: {
      pod: POD_SPEC,
      images: `(${CONTAINERS}).filter(container, has(container.image)).map(container, container.image) + ${VOLUME_IMAGES}`,
    },
    validations: [
      {
        expression: "!has(variables.pod.volumes) || variables.pod.volumes.all(volume, !has(volume.hostPath))",
        message: literal("hostPath volumes are not allowed in an environment: they reach into the node"),
      },
      ...PRIORITY_RULES,
      ...imageRules(allowedRegistries),
    ],
  });
}

const CHOICE = [PRIORITIES.data, PRIORITIES.dev, PRIORITIES.preview];
const HIGHEST = PRIORITY_VALUES.data.value;

/** A pod carries the number by now, also of a class that another cluster makes the default: only the number matters. */
const PRIORITY_RULES: AdmissionRule["validations"] = [
  {
    expression: `object.kind == 'Pod' || !has(variables.pod.priorityClassName) || variables.pod.priorityClassName in ${literals(["", ...CHOICE])}`,
    message: `${literal(`a priority class in an environment is one of ${CHOICE.join(", ")}, not `)} + variables.pod.priorityClassName`,
  },
  {
    expression: `object.kind != 'Pod' || !has(object.spec.priority) || object.spec.priority <= ${HIGHEST}`,
    message: literal(`a priority class in an environment is one of ${CHOICE.join(", ")}`),
  },
];

function imageRules(allowed: readonly string[]): AdmissionRule["validations"] {
  if (allowed.length === 0) return [];
  // A prefix ends at a boundary of the reference (environments/bend/images.ts): ghcr.io/acme is not ghcr.io/acme-evil.
  const starts = allowed.flatMap((prefix) => (prefix.endsWith("/") ? [prefix] : BOUNDARIES.map((end) => prefix + end)));
  const isAllowed = `(image in ${literals(allowed)} || ${literals(starts)}.exists(prefix, image.startsWith(prefix)))`;
  return [
    {
      expression: `variables.images.all(image, ${isAllowed})`,
      message:
        `${literal("images must come from ")} + ${literal(allowed.join(", "))} + ', but there is ' + ` +
        `variables.images.filter(image, !(${isAllowed})).join(', ')`,
    },
  ];
}

const BOUNDARIES = ["/", ":", "@"];
