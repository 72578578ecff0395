import { UserError } from "../../errors.js";
import { KubeError } from "../../kube/errors.js";
import { asList, at } from "../../kube/object.js";
import type { ReadClient } from "../live/client.js";

/** What people do with `ed8kctl` on the cluster; the words are Kubernetes' own. */
const RIGHTS = [
  { verb: "list", resource: "namespaces", group: "", for: "list and show" },
  { verb: "list", resource: "pods", group: "", for: "show and logs" },
  { verb: "create", resource: "namespaces", group: "", for: "create" },
  { verb: "create", resource: "networkpolicies", group: "networking.k8s.io", for: "create" },
] as const;

/** @throws UserError that lists what the user may not do */
export async function checkRights(client: Pick<ReadClient, "request">, signal: AbortSignal): Promise<string> {
  const answers = await Promise.all(RIGHTS.map((right) => isAllowed(client, right, signal)));
  const missing = RIGHTS.filter((_, index) => answers[index] !== true);
  if (missing.length === 0) return `you may ${RIGHTS.map(({ verb, resource }) => `${verb} ${resource}`).join(", ")}`;
  const told = missing.map((right) => `${right.verb} ${right.resource} (for ${right.for})`);
  throw new UserError(`you may not ${told.join(", ")}`, {
    hint: "ask the platform team for access; the docs' page on access tells the groups",
  });
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access: nothing is stored. */
async function isAllowed(
  client: Pick<ReadClient, "request">,
  { verb, resource, group }: (typeof RIGHTS)[number],
  signal: AbortSignal,
): Promise<boolean> {
  const body = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { verb, resource, group } },
  };
  const answer = await client.request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
    body,
    signal,
  });
  return at(answer as typeof body, "status", "allowed") === true;
}

/** @throws UserError when none is ready */
export async function checkNodes(client: Pick<ReadClient, "list">, signal: AbortSignal): Promise<string> {
  try {
    const { items } = await client.list({ apiVersion: "v1", kind: "Node" }, { signal });
    const ready = items.filter(({ status }) =>
      asList(at(status, "conditions")).some((one) => at(one, "type") === "Ready" && at(one, "status") === "True"),
    );
    if (ready.length === items.length && ready.length > 0) return `${ready.length} of ${items.length} ready`;
    throw new UserError(`${ready.length} of ${items.length} nodes are ready`, {
      hint: "kubectl get nodes tells which; in the sandbox: ed8kctl sandbox up heals them",
    });
  } catch (error) {
    if (error instanceof KubeError && error.status === 403) return "not shown to you, which is no fault";
    throw error;
  }
}
