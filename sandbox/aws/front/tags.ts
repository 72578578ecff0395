import type { Call, Operation } from "./operations.js";

/** Something that has tags. */
export interface Tagged {
  tags?: Record<string, string> | undefined;
}

/**
 * Operations on tags, which EKS and MSK have in the same shape.
 * @param path with `{arn}` in it
 * @param taggedOf the thing with the ARN that the path names; throws where there is none
 */
export function tagOperations<C extends Call<unknown>>(
  path: string,
  taggedOf: (call: C) => Tagged,
): readonly Operation<C>[] {
  return [
    {
      name: "TagResource",
      method: "POST",
      path,
      answer: (call) => {
        const tagged = taggedOf(call);
        const { tags = {} } = call.body as Tagged;
        tagged.tags = { ...tagged.tags, ...tags };
        return {};
      },
    },
    {
      name: "UntagResource",
      method: "DELETE",
      path,
      answer: (call) => {
        const tagged = taggedOf(call);
        const gone = call.query.getAll("tagKeys");
        tagged.tags = Object.fromEntries(Object.entries(tagged.tags ?? {}).filter(([key]) => !gone.includes(key)));
        return {};
      },
    },
    {
      name: "ListTagsForResource",
      method: "GET",
      path,
      readsOnly: true,
      answer: (call) => ({ tags: taggedOf(call).tags ?? {} }),
    },
  ];
}
