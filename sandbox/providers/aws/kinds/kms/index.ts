import type { AwsKind } from "../../kind.js";
import { alias } from "./alias.js";
import { key } from "./key.js";

export const kinds: readonly AwsKind[] = [key, alias];
