import { parseConfig, PROJECT } from "../../config.js";
import { UserError } from "../../errors.js";
import { type StackConfig, UNUSED } from "../engine/stacks.js";
import type { Target } from "../target.js";

/**
 * Checks that an environment is on the cluster that is worked on; its spec says on which one it is.
 * @param config of the environment's stack
 * @throws UserError (usage) when it is on another one, or the stack is that of a cluster
 */
export function requireOwnCluster(name: string, config: StackConfig, { facts }: Pick<Target, "facts">): void {
  if (config[`${PROJECT}:kind`] === "cluster") {
    throw new UserError(`${name} is a cluster stack, no environment`, { exit: "usage", hint: "choose another name" });
  }
  if (config === UNUSED) return;
  const own = config[`${PROJECT}:cluster`] ?? defaultCluster(name);
  if (own === facts.name) return;
  throw new UserError(`the environment ${name} is on the cluster ${own}, not on ${facts.name}`, {
    exit: "usage",
    hint: `add --cluster ${own}`,
  });
}

function defaultCluster(name: string): string {
  const config = parseConfig(name, {});
  return config.kind === "environment" ? config.cluster : "";
}
