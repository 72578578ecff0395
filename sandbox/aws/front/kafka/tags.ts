import { AwsError } from "../aws-error.js";
import { find } from "../lifecycle.js";
import { type Tagged, tagOperations } from "../tags.js";
import type { KafkaCall, KafkaOperation } from "./state.js";

/** Operations on tags of clusters and configurations. */
export const TAGS: readonly KafkaOperation[] = tagOperations("/v1/tags/{arn}", taggedOf);

function taggedOf({ state, params, now }: KafkaCall): Tagged {
  const arn = params["arn"] ?? "";
  const found = find(state.clusters, arn, now)?.value.info ?? state.configurations[arn];
  if (found !== undefined) return found;
  throw new AwsError("NotFoundException", `The requested resource doesn't exist: ${arn}`);
}
