import { UserError } from "../../errors.js";
import { describeError } from "../cli/report-error.js";

/** What one check found. */
export interface Finding {
  readonly name: string;
  readonly state: "ok" | "failed" | "skipped";
  /** What was found, or what is wrong. */
  readonly text: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** One thing that `doctor` looks at; none changes anything. */
export interface Check<Facts> {
  readonly name: string;
  /** Names of checks without whose success this one says nothing. */
  readonly needs: readonly string[];
  /** Gives what was found; throws `UserError` with what is wrong. What others need goes into `facts`. */
  run(facts: Partial<Facts>): Promise<string>;
}

/** Runs checks in their order; what needs one that failed is skipped. */
export async function runChecks<Facts>(
  checks: readonly Check<Facts>[],
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const facts: Partial<Facts> = {};
  const findings: Finding[] = [];
  for (const check of checks) {
    signal.throwIfAborted();
    const missing = findings.find(({ name, state }) => check.needs.includes(name) && state !== "ok");
    const finding = missing === undefined ? await runOne(check, facts) : skipped(check.name, missing.name);
    findings.push(finding);
  }
  return findings;
}

async function runOne<Facts>(check: Check<Facts>, facts: Partial<Facts>): Promise<Finding> {
  const { name } = check;
  try {
    return { name, state: "ok", text: await check.run(facts) };
  } catch (error) {
    const { message, hint } = describeError(error);
    return { name, state: "failed", text: message, ...(hint === undefined ? {} : { hint }) };
  }
}

function skipped(name: string, missing: string): Finding {
  return { name, state: "skipped", text: `not looked at: ${missing} comes first` };
}

/** What earlier checks found out. */
export function known<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new UserError("an earlier check did not tell what this one needs");
}
