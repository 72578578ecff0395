import { EXIT, UserError, type ExitName } from "../../errors.js";
import { isDiskFull } from "../../sandbox/machine/disk.js";
import { KubeError } from "../../kube/errors.js";
import { ExitStatus } from "../exit-status.js";
import { inkFor } from "../terminal/create-output.js";

export interface ErrorContext {
  readonly argv: readonly string[];
  readonly interrupted: boolean;
}

/** Prints an error; nothing else of `ed8kctl` does. Its stack is told with `ED8K_DEBUG=1` only. */
export function reportError(error: unknown, { argv, interrupted }: ErrorContext): void {
  if (error instanceof ExitStatus) return;
  const told = describeError(error, interrupted);
  if (wantsData(argv)) process.stderr.write(`${JSON.stringify({ error: told })}\n`);
  else process.stderr.write(errorText(told));
  if (process.env["ED8K_DEBUG"] === "1" && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
}

/** The exit code that an error stands for, which is the one that it is told with. */
export function exitCode(error: unknown, interrupted = false): number {
  if (error instanceof ExitStatus) return error.code;
  return EXIT[describeError(error, interrupted).exit];
}

/** An error as it is told. */
export interface ErrorData {
  readonly message: string;
  readonly hint?: string;
  readonly exit: ExitName;
}

/** Any error in one sentence, and what to do about it. */
export function describeError(error: unknown, interrupted = false): ErrorData {
  if (error instanceof UserError) {
    const exit = interrupted ? "interrupted" : error.exit;
    return { message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }), exit };
  }
  if (interrupted) return { message: "interrupted", exit: "interrupted" };
  if (error instanceof KubeError) return describeRefusal(error);
  if (isDiskFull(error)) {
    const told = error instanceof Error ? error.message : String(error);
    return { message: `the disk is full: ${told}`, hint: "free some space and run the command again", exit: "failed" };
  }
  const message = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  return {
    message: `unexpected: ${message}`,
    hint: "this is a fault of ed8kctl; ED8K_DEBUG=1 shows where it comes from",
    exit: "failed",
  };
}

function describeRefusal({ reason, message }: { readonly reason: string; readonly message: string }): ErrorData {
  const hint = HINTS[reason];
  return {
    message: `the API server refused: ${message}`,
    ...(hint === undefined ? {} : { hint }),
    exit: reason === "NotFound" ? "notFound" : "failed",
  };
}

const HINTS: Readonly<Record<string, string>> = {
  Forbidden: "only the owner, collaborators and the platform team may do that; ed8kctl doctor tells what you may do",
  Unauthorized: "the kubeconfig's credentials are not accepted; log in again, or run ed8kctl doctor",
  Conflict: "somebody else changes the same; run the command again",
};

/** Who ends something by Ctrl-C, such as a followed log, has met no error. */
function errorText({ message, hint, exit }: ErrorData): string {
  const ink = inkFor(process.stderr, process.env);
  const title = exit === "interrupted" ? "" : `${ink.red("error:")} `;
  return `${title}${message}\n${hint === undefined ? "" : `  hint: ${hint}\n`}`;
}

/** The command line itself may be what is wrong, so its words are looked at, not its options. */
function wantsData(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some(
    (word, index) =>
      /^(--json|(-o|--output=)(json|yaml))$/.test(word) ||
      (/^(json|yaml)$/.test(word) && /^(-o|--output)$/.test(words[index - 1] ?? "")),
  );
}
