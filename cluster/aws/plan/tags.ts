import type { AwsClusterSettings } from "../settings.js";

/** Beginnings of tags' keys that are not for users: AWS' own, and those by which ED8K finds what is its own. */
export const RESERVED_TAGS: readonly string[] = ["aws:", "ed8k:"];

/**
 * The tags of a resource of a cluster stack. ED8K's own win over the settings' ones.
 * @param name for resources that the console shows by their tag `Name`
 */
export function clusterTags({ name: stack, aws }: AwsClusterSettings, name?: string): Readonly<Record<string, string>> {
  return {
    ...aws.tags,
    "ed8k:cluster": stack,
    "ed8k:stack": `ed8k/${stack}`,
    "ed8k:kind": "cluster",
    ...(name === undefined ? {} : { Name: name }),
  };
}
