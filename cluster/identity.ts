import { UserError } from "../errors.js";
import type { KubeClient } from "../kube/client.js";
import { at, asText } from "../kube/object.js";
import type { ClusterFacts } from "./outputs.js";

/** The namespace whose uid identifies a cluster: every cluster has it, and it cannot be made anew. */
export const IDENTITY_NAMESPACE = "kube-system";

/** The identity of the cluster that answers. */
export async function readUid(client: KubeClient): Promise<string> {
  const namespace = await client.get({ apiVersion: "v1", kind: "Namespace", name: IDENTITY_NAMESPACE });
  return namespace.metadata.uid;
}

/** The API server's version without what its builder adds: `1.36.3` of `v1.36.3-eks-123`. */
export async function readVersion(client: KubeClient): Promise<string> {
  const answer = await client.request("GET", "/version");
  const text = asText(at(answer as never, "gitVersion"));
  return /\d+\.\d+\.\d+/.exec(text)?.[0] ?? text;
}

/** Another cluster answers than the one that was recorded. */
export class WrongClusterError extends UserError {
  constructor({ name, context, uid }: Pick<ClusterFacts, "name" | "context" | "uid">, found: string | undefined) {
    super(
      `context "${context}" leads to another cluster than the one that stack ${name} was applied to: its kube-system has the uid ${found ?? "(not seen)"}, recorded is ${uid}`,
      {
        hint: `point the context at the right cluster; if the cluster was rebuilt, apply its stack again: pulumi up --refresh --stack ${name}`,
      },
    );
    this.name = "WrongClusterError";
  }
}

/**
 * Checks that the cluster that answers is the one that the cluster stack has recorded.
 * @param uid uid of its namespace `kube-system`; `undefined` when the user may not see that
 * @throws WrongClusterError when it is another one
 */
export function requireIdentity(facts: Pick<ClusterFacts, "name" | "context" | "uid">, uid: string | undefined): void {
  if (uid !== facts.uid) throw new WrongClusterError(facts, uid);
}
