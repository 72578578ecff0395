import { AwsError } from "../aws-error.js";
import { alive } from "../lifecycle.js";
import type { EksCall, EksOperation } from "./state.js";

const PATH = "/tags/{arn}";

/** Operations on tags of everything that EKS has. */
export const TAGS: readonly EksOperation[] = [
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

function tag(call: EksCall): object {
  const tagged = taggedOf(call);
  const { tags = {} } = call.body as Tagged;
  tagged.tags = { ...tagged.tags, ...tags };
  return {};
}

function untag(call: EksCall): object {
  const tagged = taggedOf(call);
  const gone = call.query.getAll("tagKeys");
  tagged.tags = Object.fromEntries(Object.entries(tagged.tags ?? {}).filter(([key]) => !gone.includes(key)));
  return {};
}
