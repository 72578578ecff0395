import type { AwsKind } from "../../kind.js";
import { eventRule } from "./rule.js";
import { eventTarget } from "./target.js";

export const kinds: readonly AwsKind[] = [eventRule, eventTarget];
