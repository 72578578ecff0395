import type { Stacks } from "../engine/stacks.js";
import { type AwsSweep, sweepAws } from "./aws-left.js";
import type { AwsLeftover } from "./aws-left/look.js";
import type { ClusterRemoved } from "./destroy.js";

/** What was looked for after a cluster was removed, and what of it is left. */
export interface ClusterReceipt {
  readonly stack: string;
  /** How many resources the stack had made. */
  readonly removed: number;
  readonly checked: readonly string[];
  /** Services of AWS that could not be looked at; `AWS` where it is not known where on AWS the cluster was. */
  readonly unseen: readonly string[];
  readonly left: readonly AwsLeftover[];
}

/**
 * Looks whether a cluster is gone, by name and by tag.
 * @param sweep looks at AWS, where the cluster was made there
 */
export async function takeClusterReceipt(
  { stack, removed, aws }: ClusterRemoved,
  stacks: Pick<Stacks, "record">,
  sweep: typeof sweepAws = sweepAws,
): Promise<ClusterReceipt> {
  const [record, swept] = await Promise.all([
    stacks.record(stack),
    aws === "elsewhere" ? NOTHING : aws === "unknown" ? NOT_LOOKED_AT : sweep({ stack, ...aws }),
  ]);
  const remove = `ed8kctl cluster destroy ${stack} --yes`;
  return {
    stack,
    removed,
    checked: ["stack", ...swept.checked],
    unseen: swept.unseen,
    left: [...(record === undefined ? [] : [{ what: `stack ${stack}`, remove }]), ...swept.left],
  };
}

const NOTHING: AwsSweep = { checked: [], unseen: [], left: [] };
const ALL_OF_AWS = "AWS";
const NOT_LOOKED_AT: AwsSweep = { ...NOTHING, unseen: [ALL_OF_AWS] };

/** The receipt for people. Keys of KMS wait seven days or more before they go, which is AWS' rule. */
export function clusterReceiptText({ stack, removed, checked, unseen, left }: ClusterReceipt): string {
  const hidden = unseen.length === 0 ? "" : `; not looked at: ${unseen.join(", ")}`;
  const looked = `looked for: ${checked.join(", ")}${hidden}`;
  const done = removed === 0 ? "had nothing to remove" : `${removed} resources removed`;
  if (unseen.includes(ALL_OF_AWS) && left.length === 0) {
    return `the stack of the cluster ${stack} is gone: ${done} (looked for: ${checked.join(", ")}); AWS was not looked at`;
  }
  if (left.length === 0) return `the cluster ${stack} is gone: ${done}, 0 left (${looked})`;
  return [
    `the cluster ${stack}: ${done}, ${left.length} left (${looked})`,
    ...left.map(({ what, remove }) => `  ${what}\n    ${remove}`),
  ].join("\n");
}
