import { UserError } from "../../errors.js";
import { UnreachableError } from "../../kube/errors.js";

/** The providers' words for an API server that does not answer. */
const WORDS =
  /configured Kubernetes cluster is unreachable|dial tcp .*(timeout|refused|no such host|no route|unreachable)/i;

/** What to do about it, by what was being done. */
const HINTS = {
  up: (stack: string) => `connect to the VPN, and run ed8kctl cluster up ${stack} again`,
  destroy: (stack: string) =>
    `connect to the VPN; if the API server is gone for good, leave out what ran in it: PULUMI_K8S_DELETE_UNREACHABLE=true ed8kctl cluster destroy ${stack}`,
} as const;

/** The error in ED8K's words where it is that the API server, which is private, does not answer; else as it is. */
export function explainUnreachable(error: unknown, stack: string, verb: keyof typeof HINTS): unknown {
  if (!(error instanceof UserError) || error.exit === "interrupted") return error;
  if (!(error instanceof UnreachableError) && !WORDS.test(error.message)) return error;
  return new UserError(`the API server of the cluster ${stack} does not answer here: ${error.message}`, {
    hint: HINTS[verb](stack),
    cause: error,
  });
}
