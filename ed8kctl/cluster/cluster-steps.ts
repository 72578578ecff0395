import type { StepEvent } from "../engine/stacks.js";
import type { Step } from "../steps.js";

/** What takes minutes on AWS, and is waited for: each has a line of its own. */
const SLOW: Readonly<Record<string, string>> = {
  "aws:eks/cluster:Cluster": "control plane",
  "aws:eks/nodeGroup:NodeGroup": "node group",
  "aws:eks/addon:Addon": "add-on",
  "aws:msk/cluster:Cluster": "Kafka",
  "aws:ec2/natGateway:NatGateway": "NAT gateway",
};

interface Group {
  readonly step: Step;
  changed: number;
}

/** Shows the engine's work on a cluster stack. */
export interface ClusterSteps {
  readonly onStep: (event: StepEvent) => void;
  /** Ends what is shown, with how much was changed. */
  readonly finish: () => void;
}

/** Steps below `parent`: one for each thing that takes minutes, and one for each of AWS' services and what runs inside. */
export function clusterSteps(parent: Step): ClusterSteps {
  const groups = new Map<string, Group>();
  return {
    onStep(event) {
      if (event.operation === "same" || event.operation === "read") return;
      const label = labelOf(event);
      const group = groups.get(label) ?? { step: parent.step(label), changed: 0 };
      groups.set(label, group);
      if (event.phase === "failed") group.step.failed(event.resource);
      if (event.phase !== "done") return;
      group.changed += 1;
      if (event.type in SLOW) group.step.done();
    },
    finish() {
      for (const { step, changed } of groups.values()) step.done(`${changed} ${changed === 1 ? "change" : "changes"}`);
    },
  };
}

function labelOf({ type, resource, operation }: StepEvent): string {
  const slow = SLOW[type];
  if (slow !== undefined) return operation === "delete" ? `${slow} ${resource} (removed)` : `${slow} ${resource}`;
  if (type.startsWith("kubernetes:")) return "in the cluster";
  if (type.startsWith("eks:")) return "eks";
  return /^aws:([^/:]+)/.exec(type)?.[1] ?? "other";
}
