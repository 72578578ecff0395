export type ImageUse = "service" | "cache";

/** Images that a developer's build has made for a try begin with this. */
export const DEV_TAG = "dev-";

interface Rule {
  readonly rulePriority: number;
  readonly description: string;
  readonly selection: Readonly<Record<string, unknown>>;
  readonly action: { readonly type: "expire" };
}

/** Which images go by themselves. https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html */
export function imageLifecycle(use: ImageUse): { readonly rules: readonly Rule[] } {
  return { rules: RULES[use].map((rule, index) => ({ rulePriority: index + 1, ...rule, action: { type: "expire" } })) };
}

const RULES: Readonly<Record<ImageUse, readonly Pick<Rule, "description" | "selection">[]>> = {
  service: [
    {
      description: `Images of a try, tagged ${DEV_TAG}…, go after 7 days`,
      selection: { tagStatus: "tagged", tagPrefixList: [DEV_TAG], ...olderThan(7) },
    },
    { description: "Images without a tag go after a day", selection: { tagStatus: "untagged", ...olderThan(1) } },
  ],
  cache: [{ description: "Layers go after 14 days", selection: { tagStatus: "any", ...olderThan(14) } }],
};

function olderThan(days: number): Readonly<Record<string, unknown>> {
  return { countType: "sinceImagePushed", countUnit: "days", countNumber: days };
}
