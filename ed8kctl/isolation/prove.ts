import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import { at } from "../../kube/object.js";
import { GROUPS, userName } from "../../naming.js";
import { isolationAttempts } from "./attempts.js";
import { type Actor, type Attempt, DRY, type Neighbours, PROBE } from "./attempts/attempt.js";
import { isOwnImpersonationRefused, type Verdict, verdictOf } from "./verdict.js";

/** What sends requests as somebody. */
export type Requester = Pick<KubeClient, "request">;
export type Actors = Readonly<Record<Actor, Requester>>;

/** An attempt and how it ended. */
export type Finding = Pick<Attempt, "boundary" | "text" | "actor"> & Verdict;

/** The people and processes of an environment, who act with their own rights and not those of whoever proves. */
export function actorsOf(
  { from, fromOwner }: Pick<Neighbours, "from" | "fromOwner">,
  client: Pick<KubeClient, "impersonating">,
): Actors {
  const accounts = ["system:serviceaccounts", `system:serviceaccounts:${from}`];
  return {
    owner: client.impersonating(userName(fromOwner), [GROUPS.developers]),
    pod: client.impersonating(`system:serviceaccount:${from}:default`, accounts),
  };
}

/**
 * Tries every boundary between two environments.
 * @throws UserError when the answers would prove nothing, because the owner cannot even do what owners do
 */
export async function proveIsolation(
  neighbours: Neighbours,
  actors: Actors,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  await requireControl(neighbours, actors.owner, signal);
  const findings: Finding[] = [];
  for (const attempt of isolationAttempts(neighbours)) {
    const { boundary, text, actor } = attempt;
    findings.push({ boundary, text, actor, ...(await tryIt(attempt, actors[actor], signal)) });
  }
  return [...findings, await impersonation(actors.owner, signal)];
}

/** A dry run without rights would be refused at every boundary, and prove nothing: first something must be allowed. */
async function requireControl({ from, fromOwner }: Neighbours, owner: Requester, signal: AbortSignal): Promise<void> {
  const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: PROBE, namespace: from } };
  try {
    await owner.request("POST", `/api/v1/namespaces/${from}/configmaps`, { body, query: DRY, signal });
  } catch (error) {
    if (isOwnImpersonationRefused(error)) {
      throw new UserError("you may not act as somebody else on this cluster, so nothing can be proved", {
        hint: "it takes the verb impersonate on users, groups and service accounts, which no role of ED8K gives: ask an administrator of the cluster",
        cause: error,
      });
    }
    if (!(error instanceof KubeError)) throw error;
    const verdict = verdictOf(error);
    const why = verdict.outcome === "refused" ? `refused by ${verdict.by}` : verdict.said;
    throw new UserError(
      `nothing can be proved: ${fromOwner} cannot even work in the own environment ${from} (${why})`,
      {
        hint: "the cluster's roles or bindings are incomplete; apply the cluster stack again, then the environment",
        cause: error,
      },
    );
  }
}

async function tryIt(attempt: Attempt, actor: Requester, signal: AbortSignal): Promise<Verdict> {
  const { method, path, query, body, contentType } = attempt;
  try {
    await actor.request(method, path, {
      signal,
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body }),
      ...(contentType === undefined ? {} : { contentType }),
    });
    return verdictOf(undefined);
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return verdictOf(error);
  }
}

/** Who acts as somebody else cannot do so twice, so the API server is asked whether it would allow it. */
async function impersonation(owner: Requester, signal: AbortSignal): Promise<Finding> {
  const about = { boundary: "rights", text: "act as somebody else", actor: "owner" } as const;
  const body = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { verb: "impersonate", resource: "users" } },
  };
  const answer = await owner.request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
    body,
    signal,
  });
  return at(answer as typeof body, "status", "allowed") === true
    ? { ...about, outcome: "let through", said: "the API server would allow it" }
    : { ...about, outcome: "refused", by: "RBAC" };
}
