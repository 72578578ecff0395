import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseConfig, PROJECT, type ClusterConfig } from "../../config.js";
import { UserError } from "../../errors.js";
import { isJsonObject } from "../../kube/object.js";
import { readIfThere } from "../../sandbox/machine/files.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import type { StackConfig } from "../engine/stacks.js";
import { configIn } from "../engine/workspace.js";

/** What a cluster stack is to be. */
export interface StackFile {
  readonly raw: StackConfig;
  readonly config: ClusterConfig;
}

/**
 * Reads `Pulumi.<stack>.yaml`, as `pulumi up` does in the checkout.
 * @throws UserError (usage) when it is not there, is wrong, or is that of an environment
 */
export function readStackFile(stack: string, root = checkoutRoot()): StackFile {
  const file = join(root, `Pulumi.${stack}.yaml`);
  const text = readIfThere(file);
  if (text === undefined) {
    throw new UserError(`there is no ${file}, which tells what the cluster ${stack} is to be`, {
      exit: "notFound",
      hint: "Pulumi.dev.yaml is the example to copy; docs/cluster.md tells the keys",
    });
  }
  const raw = configIn(stack, contentOf(text, file));
  const config = parseConfig(stack, raw);
  if (config.kind === "cluster") return { raw, config };
  throw new UserError(`${stack} is an environment, no cluster: ${file} does not say ed8k:kind: cluster`, {
    exit: "usage",
    hint: `for an environment: ed8kctl create ${stack}`,
  });
}

/** Names of the stacks whose files in the checkout are those of clusters. */
export function clusterStacks(root = checkoutRoot()): readonly string[] {
  return readdirSync(root)
    .flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .filter((stack) => isCluster(stack, root))
    .sort();
}

function isCluster(stack: string, root: string): boolean {
  try {
    return configIn(stack, contentOf(readIfThere(join(root, `Pulumi.${stack}.yaml`)) ?? "", ""))[KIND] === "cluster";
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}

const KIND = `${PROJECT}:kind`;

function contentOf(text: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const content: unknown = parse(text);
    return isJsonObject(content) ? content : {};
  } catch (cause) {
    const [line = ""] = String(cause instanceof Error ? cause.message : cause).split("\n");
    throw new UserError(`${file} is no YAML: ${line}`, { exit: "usage", cause });
  }
}
