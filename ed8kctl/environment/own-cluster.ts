import { parseConfig, PROJECT } from "../../config.js";
import { UserError } from "../../errors.js";
import { type StackConfig, type StackRecord, UNUSED } from "../engine/stacks.js";
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

/**
 * Checks that the engine would work where this verb does: what removes resources runs no program, and goes through the
 * context that the last update has recorded.
 * @throws UserError when that is another context, or the stack is that of a cluster
 */
export function requireOwnContext(name: string, record: StackRecord, { facts }: Pick<Target, "facts">): void {
  if (record.isCluster) {
    throw new UserError(`${name} is a cluster stack, no environment`, { exit: "usage", hint: "choose another name" });
  }
  if (record.context === undefined || record.context === facts.context) return;
  throw new UserError(
    `${name} was last changed through the context "${record.context}", but the cluster ${facts.name} has the context "${facts.context}"`,
    { hint: `if both lead to the same cluster, ed8kctl create ${name} records the new one; then run this again` },
  );
}

function defaultCluster(name: string): string {
  const config = parseConfig(name, {});
  return config.kind === "environment" ? config.cluster : "";
}
