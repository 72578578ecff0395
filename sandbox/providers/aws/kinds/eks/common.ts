import { DescribeUpdateCommand, TagResourceCommand, UntagResourceCommand, type Update } from "@aws-sdk/client-eks";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { Data } from "../../kind.js";
import { until } from "../../wait.js";
import { tagChanges } from "../tags.js";

/** EKS' code for what is not there. */
export const GONE = ["ResourceNotFoundException"];
/** EKS' code for a name that is taken, and for what is busy. */
export const IN_USE = ["ResourceInUseException"];

/** Rolling over the nodes of a group, or a control plane to its next version, takes up to an hour. */
export const LONG_SECONDS = 60 * 60;

export interface Updated {
  readonly clusterName: string;
  /** When it is an update of one of these. */
  readonly nodegroupName?: string;
  readonly addonName?: string;
  readonly update: Update | undefined;
}

/**
 * Waits for the end of a change that EKS makes in its own time.
 * @throws UserError when EKS says that it has failed or was cancelled
 */
export async function finished({ clusterName, update, ...of }: Updated, clients: AwsClients): Promise<void> {
  const eks = await clients.eks();
  const command = new DescribeUpdateCommand({ name: clusterName, updateId: update?.id, ...of });
  const what = `${update?.type ?? "the update"} of ${of.nodegroupName ?? of.addonName ?? clusterName}`;
  await until({ what, seconds: LONG_SECONDS, signal: clients.signal }, async () => {
    const { update: now } = await eks.send(command);
    if (now?.status === "Successful") return true;
    if (now?.status !== "Failed" && now?.status !== "Cancelled") return undefined;
    const reasons = (now.errors ?? []).map(({ errorCode = "", errorMessage = "" }) => `${errorCode} ${errorMessage}`);
    throw new UserError(`${what} has ended as ${now.status}: ${reasons.join("; ")}`);
  });
}

export interface TagChange {
  readonly arn: string;
  readonly old: Data;
  readonly inputs: Data;
}

/** Makes the tags of something of EKS what its inputs say. */
export async function updateTags({ arn: resourceArn, old, inputs }: TagChange, clients: AwsClients): Promise<void> {
  const eks = await clients.eks();
  const { set, removed } = tagChanges(old, inputs);
  if (removed.length > 0) await eks.send(new UntagResourceCommand({ resourceArn, tagKeys: [...removed] }));
  if (Object.keys(set).length > 0) await eks.send(new TagResourceCommand({ resourceArn, tags: set }));
}

/** The two names of an id such as `<cluster>:<name>`. */
export function partsOf(id: string): readonly [string, string] {
  const colon = id.indexOf(":");
  return [id.slice(0, colon), id.slice(colon + 1)];
}
