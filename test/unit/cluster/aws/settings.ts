import { parseConfig } from "../../../../config.js";
import type { AwsClusterSettings } from "../../../../cluster/aws/settings.js";

/** What must be set; everything else has defaults. */
const LEAST = {
  aws: { accounts: ["111122223333"], access: { cidrs: ["10.8.0.0/16"] } },
  eks: { developers: ["arn:aws:iam::111122223333:role/ed8k-developer"] },
  msk: {},
} as const;

export interface Changes {
  readonly aws?: object;
  readonly eks?: object;
  readonly msk?: object;
  readonly budget?: object;
}

/** Settings of the stack `dev` with defaults, through the same parser as a stack's config. */
export function settingsWith(changes: Changes = {}): AwsClusterSettings {
  const config = parseConfig("dev", {
    "ed8k:kind": "cluster",
    "ed8k:provider": "eks",
    "ed8k:aws": JSON.stringify({ ...LEAST.aws, ...changes.aws }),
    "ed8k:eks": JSON.stringify({ ...LEAST.eks, ...changes.eks }),
    "ed8k:msk": JSON.stringify({ ...LEAST.msk, ...changes.msk }),
    "ed8k:budget": JSON.stringify(changes.budget ?? {}),
  });
  if (config.kind !== "cluster" || config.provider !== "eks") throw new Error("this is a cluster on EKS");
  return config.settings;
}
