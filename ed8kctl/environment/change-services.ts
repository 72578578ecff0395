import { type EnvironmentConfig, parseConfig } from "../../config.js";
import { UserError } from "../../errors.js";
import type { Changed } from "../../services/change-selection.js";
import type { VersionedSelection } from "../../services/resolve.js";
import { openSources, type Sources } from "../../services/sources.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import { clusterOf } from "../cli/common-options.js";
import type { Invocation } from "../command.js";
import { openStacks } from "../engine/automation.js";
import { withTarget } from "../target.js";
import { appliedText } from "./applied.js";
import { applyEnvironment } from "./apply.js";

/** How a selection of services becomes another one. */
export type ChangeSelection = (
  selection: VersionedSelection,
  names: readonly string[],
  sources: Sources,
) => Promise<Changed>;

/** What `start` and `stop` do: change the selection in the environment's spec, then apply the spec. */
export async function changeServices(
  { args, options, out, signal }: Invocation,
  change: ChangeSelection,
): Promise<void> {
  const [name = "", ...services] = args;
  await withTarget(clusterOf(options), async (target) => {
    const stacks = openStacks();
    const existing = await stacks.config(name);
    const before = existing === undefined ? undefined : parseConfig(name, existing);
    if (before?.kind !== "environment") {
      throw new UserError(`there is no environment "${name}"`, {
        exit: "notFound",
        hint: `ed8kctl list --all shows those that there are; ed8kctl create ${name} makes it`,
      });
    }
    const work = { report: (line: string) => out.progress(line), signal };
    const { selection } = await change(before, services, await openSources(checkoutRoot(), before.catalogue, work));
    const config: EnvironmentConfig = { ...before, ...selection };
    const applied = await applyEnvironment({ target, stacks, config, out, signal });
    out.result(applied, appliedText(applied));
  });
}
