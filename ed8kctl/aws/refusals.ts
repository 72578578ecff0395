import { UserError } from "../../errors.js";

/** True when AWS says that there is no such thing; each service has another word for it. */
export function isMissing(error: unknown): boolean {
  const name = error instanceof Error ? error.name : "";
  return /NotFound|NoSuch|NonExistent|DoesNotExist/.test(name) || statusOf(error) === 404;
}

/** True when AWS does not let whoever asks do that, also where `explainAws` has told it. */
export function isDenied(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return DENIED.test(error.name) || isDenied(error.cause);
}

/** The HTTP status of an answer of AWS; `undefined` when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  const metadata = error instanceof Error && "$metadata" in error ? error.$metadata : undefined;
  const status = typeof metadata === "object" && metadata !== null ? Object.entries(metadata) : [];
  const code: unknown = status.find(([key]) => key === "httpStatusCode")?.[1];
  return typeof code === "number" ? code : undefined;
}

/** An error of AWS' SDK in one sentence, with what to do. */
export function explainAws(error: unknown, what: string): UserError {
  if (error instanceof UserError) return error;
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const hint = HINTS.find(({ pattern }) => pattern.test(name))?.hint;
  return new UserError(`${what}: AWS refused: ${name === "" ? "" : `${name}: `}${message.split("\n")[0] ?? ""}`, {
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

const DENIED = /AccessDenied|UnauthorizedOperation|Forbidden/;

const HINTS = [
  {
    pattern: /CredentialsProvider|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|TokenRefresh/,
    hint: "log in to AWS (aws sso login) and choose the profile (AWS_PROFILE)",
  },
  {
    pattern: DENIED,
    hint: "docs/cluster.md lists the permissions that this needs",
  },
];
