import { UserError } from "../../errors.js";
import { describeError } from "../cli/report-error.js";

/** What one check found. */
export interface Finding {
  readonly name: string;
  /** `warned`: it works, and will not for ever. */
  readonly state: "ok" | "warned" | "failed" | "skipped";
  /** What was found, or what is wrong. */
  readonly text: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** What works now, and needs somebody's attention. */
export class Warning extends UserError {}

/** One thing that `doctor` looks at; none changes anything. */
export interface Check<Facts> {
  readonly name: string;
  /** Names of checks without whose success this one says nothing. */
  readonly needs: readonly string[];
  /**
   * Gives what was found, nothing where it is not about this cluster; throws `UserError` with what is wrong, `Warning`
   * with what will be. What others need goes into `facts`.
   */
  run(facts: Partial<Facts>): Promise<string | undefined>;
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
    const missing = findings.find(({ name, state }) => check.needs.includes(name) && !PASSED.includes(state));
    const finding = missing === undefined ? await runOne(check, facts) : skipped(check.name, missing.name);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

const PASSED: readonly Finding["state"][] = ["ok", "warned"];

async function runOne<Facts>(check: Check<Facts>, facts: Partial<Facts>): Promise<Finding | undefined> {
  const { name } = check;
  try {
    const text = await check.run(facts);
    return text === undefined ? undefined : { name, state: "ok", text };
  } catch (error) {
    const { message, hint } = describeError(error);
    const state = error instanceof Warning ? "warned" : "failed";
    return { name, state, text: message, ...(hint === undefined ? {} : { hint }) };
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
