import type { AwsKind } from "../../kind.js";
import { budget } from "./budget.js";

export const kinds: readonly AwsKind[] = [budget];
