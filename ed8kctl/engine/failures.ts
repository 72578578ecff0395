import { UserError } from "../../errors.js";
import { backendUrl } from "./backend.js";
import type { CliFailure } from "./cli.js";
import { busyError, lockHolders } from "./lock.js";
import type { StackKind } from "./stacks.js";

interface Explanation {
  readonly pattern: RegExp;
  readonly message: (stack: string) => string;
  readonly hint: string;
  readonly exit?: UserError["exit"];
}

/** What the engine says before it begins, in ED8K's words; providers and charts may say the same of other things. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /^error: .*unable to read PULUMI_CONFIG_PASSPHRASE_FILE/m,
    message: () => `the passphrase's file ${process.env["PULUMI_CONFIG_PASSPHRASE_FILE"] ?? ""} cannot be read`,
    hint: "set PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds the backend's passphrase",
  },
  {
    pattern: /^error: .*incorrect passphrase/m,
    message: () => "the passphrase is not the one that the stacks of this backend were made with",
    hint: "set PULUMI_CONFIG_PASSPHRASE_FILE (or PULUMI_CONFIG_PASSPHRASE) to the backend's passphrase",
  },
  {
    pattern: /^error: .*passphrase must be set/m,
    message: (stack) => `${stack} needs a passphrase for its secrets, and none is set`,
    hint: "set PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it",
  },
  {
    pattern: /^error: PULUMI_ACCESS_TOKEN must be set/m,
    message: () =>
      backendUrl() === ""
        ? "no backend is chosen in which stacks are kept"
        : `the backend ${backendUrl()} wants a login, or is none that pulumi knows`,
    hint: "start the sandbox (ed8kctl sandbox up), or log in to your company's backend: pulumi login s3://…",
  },
  {
    // https://gocloud.dev/howto/blob says `blob (key …) (code=…)`; Pulumi's own service is asked by HTTP.
    pattern:
      /^error: (.*unable to (open|check if) (bucket|state directory)|.*blob \((key|code)|performing HTTP request)/m,
    message: () => `the backend ${backendUrl()} cannot be read`,
    hint: "check PULUMI_BACKEND_URL and your access to it; ed8kctl doctor looks closer",
  },
];

/** True when the engine found no stack of that name. */
export function isMissingStack({ result }: CliFailure): boolean {
  return /^error: no stack named .* found/m.test(result.stderr);
}

/** True when another update holds the stack's lock. */
export function isLocked({ result }: CliFailure): boolean {
  return /the stack is currently locked by|\[409\] Conflict: Another update is currently in progress/.test(
    result.stderr,
  );
}

/** True when a stack of that name is there already. */
export function isExistingStack({ result }: CliFailure): boolean {
  return /^error: stack .* already exists/m.test(result.stderr);
}

/** Verbs that messages name, by what a stack is. */
export const COMMANDS: Readonly<Record<StackKind, { readonly show: string; readonly remove: string }>> = {
  environment: { show: "ed8kctl show", remove: "ed8kctl destroy" },
  cluster: { show: "ed8kctl cluster status", remove: "ed8kctl cluster destroy" },
};

/** What is known of a run that failed. */
interface FailedRun {
  /** Those that the engine told as events, the first one the cause. */
  readonly errors: readonly string[];
  readonly kind?: StackKind;
}

/** One sentence for why the engine failed. */
export function explainFailure(
  stack: string,
  failure: CliFailure,
  { errors, kind = "environment" }: FailedRun,
): UserError {
  const { stderr, stdout } = failure.result;
  if (isLocked(failure)) return busyError(stack, lockHolders(stderr)[0]);
  const known = EXPLANATIONS.find(({ pattern }) => pattern.test(stderr));
  if (known !== undefined) return new UserError(known.message(stack), { hint: known.hint, cause: failure });
  const causes = errors.filter(
    (text) => !/^update failed|^preview failed|grpc: the client connection is closing/.test(text),
  );
  const [first, ...others] = causes;
  const more = others.length === 0 ? "" : ` (and ${others.length} more, told above)`;
  return new UserError(`${stack}: ${first ?? lastWords(stderr, stdout)}${first === undefined ? "" : more}`, {
    hint: `mend it and run the command again; ${COMMANDS[kind].show} ${stack} tells what there is now`,
    cause: failure,
  });
}

function lastWords(stderr: string, stdout: string): string {
  const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line.trim() !== "");
  const told = lines.find((line) => line.startsWith("error: ")) ?? lines.at(-1) ?? "the engine failed without a word";
  return told.replace(/^error: /, "").trim();
}
