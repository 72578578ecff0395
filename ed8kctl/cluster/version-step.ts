import { UserError } from "../../errors.js";
import { isJsonObject } from "../../kube/object.js";
import { EKS_VERSIONS } from "../../versions.js";
import { minorOf } from "./support.js";

/** Kubernetes' versions of a cluster, with or without the patch: `1.36`, `1.36.3`. */
export interface VersionStep {
  /** What the stack said last. */
  readonly from: string;
  /** `ed8k:eks.version`. */
  readonly to: string;
}

const ROLLBACK = "https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html";

/**
 * EKS takes a cluster up one minor version at a time, which it says only in the middle of an update
 * (https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html). Down it goes by one in the first seven days, the
 * nodes before the control plane, whereas a stack changes the control plane first. Versions that ED8K does not know are
 * told by the plan.
 * @param stack name of the cluster stack
 * @throws UserError (usage) for another step
 */
export function requireVersionStep(stack: string, { from, to }: VersionStep): void {
  const [now, next] = [minorNumber(from), minorNumber(to)];
  if (EKS_VERSIONS[minorOf(to)] === undefined || next === now || next === now + 1) return;
  const isDown = next < now;
  const why = isDown
    ? "the nodes would have to go down before it, which a stack cannot do"
    : "EKS takes a cluster up one version at a time";
  const set = `pulumi config set --path 'ed8k:eks.version' ${isDown ? minorOf(from) : `1.${now + 1}`} --stack ${stack}`;
  const byHand = `; or roll back by hand, as ${ROLLBACK} tells, then: pulumi up --refresh --stack ${stack}`;
  throw new UserError(
    `the cluster ${stack} has Kubernetes ${minorOf(from)}, and ed8k:eks.version is ${minorOf(to)}: ${why}`,
    { exit: "usage", hint: isDown ? `${set}${byHand}` : set },
  );
}

/**
 * The version that a stack said last of the cluster that it made, in whichever words another version of ED8K said the rest.
 * @param output of the cluster stack; absent, or without a version, where the AWS parts were applied alone
 */
export function recordedVersion(output: unknown): string | undefined {
  if (!isJsonObject(output) || !isJsonObject(output["aws"])) return undefined;
  const { kubernetesVersion } = output;
  return typeof kubernetesVersion === "string" ? kubernetesVersion : undefined;
}

/** 36 of `1.36.3`. */
function minorNumber(version: string): number {
  return Number(version.split(".")[1]);
}
