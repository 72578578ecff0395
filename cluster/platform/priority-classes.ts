import type { PlannedObject } from "../../environments/plan/types.js";
import { PRIORITIES } from "../../naming.js";
import { platformObject } from "./object.js";

/** What makes room for what when nodes are full: previews go first, the platform last. */
export const PRIORITY_VALUES = {
  platform: { value: 100_000, about: "What the cluster runs for all environments." },
  data: { value: 10_000, about: "Databases and other stores of environments." },
  dev: { value: 1000, about: "Services of developers' environments." },
  preview: { value: 100, about: "Environments made from pull requests." },
} as const satisfies Record<keyof typeof PRIORITIES, { value: number; about: string }>;

/** The PriorityClasses. https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
export function priorityClasses(): PlannedObject[] {
  return (Object.keys(PRIORITY_VALUES) as (keyof typeof PRIORITY_VALUES)[]).map((key) =>
    platformObject({
      apiVersion: "scheduling.k8s.io/v1",
      kind: "PriorityClass",
      metadata: { name: PRIORITIES[key] },
      value: PRIORITY_VALUES[key].value,
      globalDefault: false,
      description: PRIORITY_VALUES[key].about,
    }),
  );
}
