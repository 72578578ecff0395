/** Exit codes of `ed8kctl`; every command means the same by them. */
export const EXIT = { done: 0, failed: 1, usage: 2, notFound: 3, busy: 4, interrupted: 130 } as const;
export type ExitName = keyof typeof EXIT;

export interface UserErrorDetails {
  /** What to do next: one sentence or a command. */
  readonly hint?: string;
  /** @default "failed" */
  readonly exit?: ExitName;
  readonly cause?: unknown;
  /** What the message tells one by one, so that they can be told together with others. */
  readonly faults?: readonly Fault[];
}

/**
 * A fault that the user can mend: the message says what is wrong, with the value and what is allowed.
 * It is printed without a stack, in one place for the program (`index.ts`) and one for the command (`ed8kctl/main.ts`).
 */
export class UserError extends Error {
  readonly hint: string | undefined;
  readonly exit: ExitName;
  readonly faults: readonly Fault[];

  constructor(message: string, { hint, exit = "failed", cause, faults = [] }: UserErrorDetails = {}) {
    super(message, { cause });
    this.name = "UserError";
    this.hint = hint;
    this.exit = exit;
    this.faults = faults;
  }
}

/** One fault found in input; several are told at once by `throwFaults`. */
export interface Fault {
  /** Where it is, as a person would name it: `ed8k:size`, `services/bos/templates/web.yaml:12`. */
  readonly where: string;
  /** What is wrong, with the value and what is allowed. */
  readonly problem: string;
  /** What to do next. */
  readonly hint?: string;
}

/** Throws one `UserError` that tells all faults; does nothing when there are none. */
export function throwFaults(subject: string, faults: readonly Fault[], exit: ExitName = "usage"): void {
  if (faults.length === 0) return;
  const [first] = faults;
  if (faults.length === 1 && first) {
    throw new UserError(`${subject}: ${first.where}: ${first.problem}`, {
      exit,
      faults,
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    });
  }
  const lines = faults.map((f) => `  - ${f.where}: ${f.problem}${f.hint === undefined ? "" : ` (${f.hint})`}`);
  throw new UserError(`${subject}: ${faults.length} faults:\n${lines.join("\n")}`, { exit, faults });
}
