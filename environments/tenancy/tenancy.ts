import type { PlannedObject } from "../plan/types.js";
import { defaultServiceAccount, editors } from "./access.js";
import type { TenancyContext } from "./context.js";
import { limitRange } from "./limits.js";
import { namespace } from "./namespace.js";
import { networkPolicies } from "./network.js";
import { resourceQuota } from "./quota.js";

/** What every environment has, whatever runs in it; the Namespace is first. */
export function planTenancy(context: TenancyContext): readonly PlannedObject[] {
  return [
    namespace(context),
    resourceQuota(context),
    limitRange(context),
    ...networkPolicies(context),
    editors(context),
    defaultServiceAccount(context),
  ];
}
