import type { EksClusterConfig } from "../../../config.js";
import type { PlannedObject } from "../../../environments/plan/types.js";
import type { Work } from "../../../sandbox/tools/cache.js";
import { EKS_VERSIONS, VERSIONS } from "../../../versions.js";
import { planPlatform } from "../plan.js";
import { CHARTS_VARIABLE } from "./charts.js";
import { planAddOns } from "./plan.js";
import { renderAddOns } from "./render.js";

export interface PlatformOptions {
  /** Hears, in one sentence each, which add-ons are left out and why. */
  readonly warn: (message: string) => void;
  /** Hears of what takes long, such as pulling a chart. @default silence */
  readonly report?: Work["report"];
  readonly signal?: AbortSignal;
  /** @default that of this process */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * All that a cluster on EKS runs for all environments: ED8K's own objects and the add-ons, in the order in which they are
 * registered. Nothing is registered or changed by it.
 * @throws UserError when the config of the add-ons is wrong, or a chart cannot be pulled or rendered
 */
export async function planEksPlatform(
  config: EksClusterConfig,
  { warn, report = () => undefined, signal, env = process.env }: PlatformOptions,
): Promise<readonly PlannedObject[]> {
  const minor = config.settings.eks.version ?? VERSIONS.eks;
  const addOns = await renderAddOns(planAddOns({ config }), {
    charts: env[CHARTS_VARIABLE] === "" ? undefined : env[CHARTS_VARIABLE],
    images: config.images,
    kubernetesVersion: EKS_VERSIONS[minor]?.kubernetes ?? VERSIONS.kubernetes,
    work: { report, signal },
    warn,
  });
  return [...planPlatform(config), ...addOns];
}
