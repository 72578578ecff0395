import type { AwsKind } from "../../kind.js";
import { logGroup } from "./log-group.js";

export const kinds: readonly AwsKind[] = [logGroup];
