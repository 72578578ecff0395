import { AwsError } from "../aws-error.js";
import { alive } from "../lifecycle.js";
import { type Tagged, tagOperations } from "../tags.js";
import type { EksCall, EksOperation } from "./state.js";

/** Operations on tags of everything that EKS has. */
export const TAGS: readonly EksOperation[] = tagOperations("/tags/{arn}", taggedOf);

/** The thing with the ARN that the path names. */
function taggedOf({ state, params, now }: EksCall): Tagged {
  const arn = params["arn"] ?? "";
  for (const { value } of alive(state.clusters, now)) {
    const all: (readonly [string | undefined, Tagged])[] = [
      [value.cluster.arn, value.cluster],
      ...alive(value.nodegroups, now).map(({ value: group }) => [group.nodegroupArn, group] as const),
      ...alive(value.addons, now).map(({ value: addon }) => [addon.addonArn, addon] as const),
      ...Object.values(value.access).map(({ entry }) => [entry.accessEntryArn, entry] as const),
      ...Object.values(value.associations).map((one) => [one.associationArn, one] as const),
    ];
    const found = all.find(([one]) => one === arn);
    if (found !== undefined) return found[1];
  }
  throw new AwsError("NotFoundException", `Resource ${arn} not found`);
}
