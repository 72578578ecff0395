import type { AwsKind } from "../../kind.js";
import { queuePolicy } from "./queue-policy.js";
import { queue } from "./queue.js";

export const kinds: readonly AwsKind[] = [queue, queuePolicy];
