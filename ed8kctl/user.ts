import { userInfo } from "node:os";
import { UserError } from "../errors.js";
import type { KubeClient } from "../kube/client.js";
import { KubeError } from "../kube/errors.js";
import { at, isJsonObject } from "../kube/object.js";
import { userName } from "../naming.js";

/** Who works, as far as this machine knows: `$ED8K_USER`, else the name on it; whose environments `list` shows by default. */
export function currentUser(env: NodeJS.ProcessEnv = process.env): string {
  const told = env["ED8K_USER"] ?? "";
  if (told !== "") return told;
  try {
    return userInfo().username;
  } catch (error) {
    // In containers that run under a number to which the system knows no name.
    throw new UserError("who works here cannot be told: this machine knows no name for the user", {
      hint: "set ED8K_USER to your name",
      cause: error,
    });
  }
}

/**
 * Who works, as the cluster knows them: `$ED8K_USER`, else the user that the API server sees, where it is a person's or a
 * CI session's (`ed8k:<name>`), else the name on this machine. An owner of another name could not enter what is made.
 * https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review
 */
export async function askUser(
  client: Pick<KubeClient, "request">,
  { env = process.env, signal }: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal } = {},
): Promise<string> {
  if ((env["ED8K_USER"] ?? "") !== "") return currentUser(env);
  const prefix = userName("");
  const seen = await seenAs(client, signal);
  return seen.startsWith(prefix) && seen !== prefix ? seen.slice(prefix.length) : currentUser(env);
}

/** The name behind the kubeconfig's credentials; empty where the server does not tell. */
async function seenAs(client: Pick<KubeClient, "request">, signal: AbortSignal | undefined): Promise<string> {
  const body = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  try {
    const answer = await client.request("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", {
      body,
      ...(signal === undefined ? {} : { signal }),
    });
    const username = at(isJsonObject(answer) ? answer : {}, "status", "userInfo", "username");
    return typeof username === "string" ? username : "";
  } catch (error) {
    // Older than Kubernetes 1.28, or not allowed; what is done next says so if it matters.
    if (error instanceof KubeError && [403, 404].includes(error.status)) return "";
    throw error;
  }
}
