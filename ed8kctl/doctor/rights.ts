import { UserError } from "../../errors.js";
import { at } from "../../kube/object.js";
import { CLUSTER_ROLES, LABELS, NAMESPACES, ownerLabel } from "../../naming.js";
import type { ReadClient } from "../live/client.js";
import { askUser } from "../user.js";

/** Something that people do with `ed8kctl` on the cluster; the words are Kubernetes' own. */
interface Right {
  readonly verb: string;
  readonly resource: string;
  readonly group: string;
  readonly namespace?: string;
  readonly name?: string;
  /** Commands that need it. */
  readonly for: string;
}

const NETWORKING = "networking.k8s.io";
const RBAC = "rbac.authorization.k8s.io";
const APPLY = ["create", "patch"];

const RIGHTS: readonly Right[] = [
  { verb: "list", resource: "namespaces", group: "", for: "list and show" },
  { verb: "list", resource: "pods", group: "", for: "show and logs" },
  ...rights({ command: "create", verbs: APPLY }, [
    ["", "namespaces"],
    ["", "resourcequotas"],
    ["", "limitranges"],
    [NETWORKING, "networkpolicies"],
    [RBAC, "rolebindings"],
  ]),
  { verb: "bind", resource: "clusterroles", group: RBAC, name: CLUSTER_ROLES.editor, for: "create" },
  ...rights({ command: "destroy", verbs: ["delete"] }, [["", "namespaces"]]),
  ...rights({ command: "destroy", verbs: ["create", "delete"], place: { namespace: NAMESPACES.shared } }, [
    ["batch", "jobs"],
  ]),
];

/** What the RoleBinding of an environment gives. */
function rightsIn(namespace: string): readonly Right[] {
  return rights({ command: "create, start and stop", verbs: [...APPLY, "delete"], place: { namespace } }, [
    ["", "secrets"],
    ["", "services"],
    ["apps", "deployments"],
    ["apps", "statefulsets"],
    [NETWORKING, "ingresses"],
  ]);
}

interface Use {
  readonly command: string;
  readonly verbs: readonly string[];
  readonly place?: Pick<Right, "namespace">;
}

function rights(
  { command, verbs, place = {} }: Use,
  kinds: readonly (readonly [group: string, resource: string])[],
): readonly Right[] {
  return kinds.flatMap(([group, resource]) => verbs.map((verb) => ({ verb, resource, group, for: command, ...place })));
}

/**
 * Asks for every right that making and removing an environment takes, and for those in an environment of one's own.
 * @throws UserError that lists what the user may not do
 */
export async function checkRights(client: Pick<ReadClient, "request" | "list">, signal: AbortSignal): Promise<string> {
  await requireAll(client, RIGHTS, signal);
  const own = await ownEnvironment(client, signal);
  if (own === undefined) return "you may list, create and destroy environments";
  await requireAll(client, rightsIn(own), signal);
  return `you may list, create and destroy environments, and work in ${own}`;
}

async function requireAll(
  client: Pick<ReadClient, "request">,
  wanted: readonly Right[],
  signal: AbortSignal,
): Promise<void> {
  const answers = await Promise.all(wanted.map((right) => isAllowed(client, right, signal)));
  const missing = wanted.filter((_, index) => answers[index] !== true);
  if (missing.length === 0) return;
  throw new UserError(`you may not ${missing.map(told).join(", ")}`, {
    hint: "ask the platform team for access; docs/cluster.md tells the groups",
  });
}

function told({ verb, resource, namespace, for: command }: Right): string {
  return `${verb} ${resource}${namespace === undefined ? "" : ` in ${namespace}`} (for ${command})`;
}

async function ownEnvironment(
  client: Pick<ReadClient, "request" | "list">,
  signal: AbortSignal,
): Promise<string | undefined> {
  const person = await askUser(client, { signal });
  const labelSelector = `${LABELS.managed}=true,${LABELS.owner}=${ownerLabel(person)}`;
  const { items } = await client.list({ apiVersion: "v1", kind: "Namespace" }, { labelSelector, signal });
  return items.find(({ metadata }) => metadata.deletionTimestamp === undefined)?.metadata.name;
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access: nothing is stored. */
async function isAllowed(client: Pick<ReadClient, "request">, right: Right, signal: AbortSignal): Promise<boolean> {
  const { for: _, ...resourceAttributes } = right;
  const body = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes },
  };
  const answer = await client.request("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", {
    body,
    signal,
  });
  return at(answer as typeof body, "status", "allowed") === true;
}
