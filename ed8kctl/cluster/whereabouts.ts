import { type Config, parseConfig } from "../../config.js";
import { UserError } from "../../errors.js";
import { isJsonObject } from "../../kube/object.js";
import { type StackConfig, UNUSED } from "../engine/stacks.js";

/** Where on AWS a cluster is. */
export interface AwsPlace {
  readonly account: string;
  readonly region: string;
}

/** `elsewhere`: its stack has not made it, so that nothing of it is on AWS. */
export type Whereabouts = AwsPlace | "elsewhere" | "unknown";

/** Where on AWS a cluster can be. */
export interface AwsTarget {
  /** The cluster stack. */
  readonly stack: string;
  /** It is in one of these. */
  readonly accounts: readonly string[];
  readonly region: string;
}

/** What tells of where a cluster is, the best first. */
export interface TargetSources {
  /** The stack's; absent where there is no such stack any more. */
  readonly raw?: StackConfig | undefined;
  /** What the stack says of its cluster. */
  readonly output?: unknown;
  /** Reads the stack's file in the checkout; it throws `UserError` where there is none. */
  readonly file: () => Config;
}

export interface FoundTarget {
  readonly target: AwsTarget | "elsewhere" | "unknown";
  /** True where only the file tells, which may be that of another cluster of the same name, such as the sandbox's. */
  readonly assumed: boolean;
}

/**
 * Where a cluster is to be looked for. The config of a stack whose first update was killed is not known, that of another
 * version of ED8K is not understood: then what the stack says holds, and at last the file.
 */
export function targetOf(stack: string, { raw, output, file }: TargetSources): FoundTarget {
  const known =
    (raw === undefined || raw === UNUSED ? undefined : byConfig(stack, () => parseConfig(stack, raw))) ??
    byOutput(stack, output);
  if (known !== undefined) return { target: known, assumed: false };
  return { target: byConfig(stack, file) ?? "unknown", assumed: true };
}

function byConfig(stack: string, read: () => Config): FoundTarget["target"] | undefined {
  try {
    const config = read();
    if (config.kind !== "cluster") return undefined;
    if (config.provider !== "eks") return "elsewhere";
    const { accounts, region } = config.settings.aws;
    return { stack, accounts, region };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Not by its schema, which another version of ED8K may have changed. */
function byOutput(stack: string, output: unknown): FoundTarget["target"] | undefined {
  if (!isJsonObject(output)) return undefined;
  const { aws, uid } = output;
  if (!isJsonObject(aws)) return typeof uid === "string" ? "elsewhere" : undefined;
  const { account, region } = aws;
  return typeof account === "string" && typeof region === "string" ? { stack, accounts: [account], region } : undefined;
}
