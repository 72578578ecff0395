import { AwsError } from "../aws-error.js";
import { find } from "../lifecycle.js";
import type { KafkaCall, KafkaOperation } from "./state.js";

const PATH = "/v1/tags/{arn}";

/** Operations on tags of clusters and configurations. */
export const TAGS: readonly KafkaOperation[] = [
  { name: "TagResource", method: "POST", path: PATH, answer: tag },
  { name: "UntagResource", method: "DELETE", path: PATH, answer: untag },
  {
    name: "ListTagsForResource",
    method: "GET",
    path: PATH,
    readsOnly: true,
    answer: (call) => ({ tags: taggedOf(call).tags ?? {} }),
  },
];

interface Tagged {
  tags?: Record<string, string> | undefined;
}

function taggedOf({ state, params, now }: KafkaCall): Tagged {
  const arn = params["arn"] ?? "";
  const found = find(state.clusters, arn, now)?.value.info ?? state.configurations[arn];
  if (found !== undefined) return found;
  throw new AwsError("NotFoundException", `The requested resource doesn't exist: ${arn}`);
}

function tag(call: KafkaCall): object {
  const tagged = taggedOf(call);
  const { tags = {} } = call.body as Tagged;
  tagged.tags = { ...tagged.tags, ...tags };
  return {};
}

function untag(call: KafkaCall): object {
  const tagged = taggedOf(call);
  const gone = call.query.getAll("tagKeys");
  tagged.tags = Object.fromEntries(Object.entries(tagged.tags ?? {}).filter(([key]) => !gone.includes(key)));
  return {};
}
