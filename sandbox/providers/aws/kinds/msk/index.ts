import type { AwsKind } from "../../kind.js";
import { cluster } from "./cluster.js";
import { configuration } from "./configuration.js";

export const kinds: readonly AwsKind[] = [configuration, cluster];
