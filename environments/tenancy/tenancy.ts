import type { PlannedObject } from "../plan/types.js";
import { defaultServiceAccount, editors, EDITORS_ID } from "./access.js";
import type { TenancyContext } from "./context.js";
import { limitRange } from "./limits.js";
import { namespace } from "./namespace.js";
import { networkPolicies } from "./network.js";
import { resourceQuota } from "./quota.js";

/**
 * What every environment has, whatever runs in it; the Namespace is first. The binding of the editors comes before the
 * walls, and the walls before all else: by then the API server has seen it, and knows whoever makes this as an editor.
 */
export function planTenancy(context: TenancyContext): readonly PlannedObject[] {
  const walls = [resourceQuota(context), limitRange(context), ...networkPolicies(context)];
  return [
    namespace(context),
    editors(context),
    ...walls.map((wall) => ({ ...wall, after: [EDITORS_ID] })),
    { ...defaultServiceAccount(context), after: walls.map(({ id }) => id) },
  ];
}
