import type { AwsKind } from "../../kind.js";
import { lifecyclePolicy } from "./lifecycle-policy.js";
import { repository } from "./repository.js";

export const kinds: readonly AwsKind[] = [repository, lifecyclePolicy];
