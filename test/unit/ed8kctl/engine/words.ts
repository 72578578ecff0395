import { hostname } from "node:os";

/** What pulumi 3.259.0 says on stderr, word for word. */
export const WORDS = {
  noLogin: "error: PULUMI_ACCESS_TOKEN must be set for login during non-interactive CLI sessions",
  missingFolder:
    'error: unable to open state directory "file:///srv/missing": stat /srv/missing: no such file or directory',
  unreachableBucket:
    'error: read ".pulumi/meta.yaml": blob (key ".pulumi/meta.yaml") (code=Unknown): operation error S3: GetObject, https response error StatusCode: 0',
  unreachableService:
    'Logging in using access token from PULUMI_ACCESS_TOKEN\nerror: performing HTTP request: Get "https://127.0.0.1:1/api/user": dial tcp 127.0.0.1:1: connect: connection refused',
  noPassphrase:
    "error: could not create secrets manager for new stack: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
  noPassphraseOfStack:
    "error: getting stack configuration: get stack secrets manager: passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
  wrongPassphrase: "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
  wrongPassphraseForNew: "error: could not create secrets manager for new stack: incorrect passphrase",
  noPassphraseFile:
    "error: getting stack configuration: get stack secrets manager: unable to read PULUMI_CONFIG_PASSPHRASE_FILE: open /srv/none: no such file or directory",
  missingStack: "error: no stack named 'alice' found",
  existingStack: "error: stack 'organization/ed8k/alice' already exists",
  neverUpdated: "error: getting latest configuration: no previous deployment",
  conflict: "error: [409] Conflict: Another update is currently in progress.",
} as const;

export interface Lock {
  readonly url?: string;
  readonly user?: string;
  readonly host?: string;
  readonly pid: number;
  /** When it was made. */
  readonly at?: string;
}

/** When locks were made, unless told otherwise. */
export const NOON = "2026-11-24T12:00:00Z";

/** How the engine refuses a stack that is locked. */
export function locked(...locks: readonly Lock[]): string {
  const lines = locks.map(
    ({ url = "file:///srv/state/1.json?no_tmp_dir=true", user = "alice", host, pid, at = NOON }) => {
      return `  ${url}: created by ${user}@${host ?? hostname()} (pid ${pid}) at ${at}`;
    },
  );
  const first = `error: the stack is currently locked by ${locks.length} lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.`;
  return [first, ...lines].join("\n");
}
