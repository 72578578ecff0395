import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import { isReady } from "../cluster/look.js";

/** @throws UserError when none is ready */
export async function checkNodes(client: Pick<KubeClient, "list" | "access">, signal: AbortSignal): Promise<string> {
  try {
    const { items } = await client.list({ apiVersion: "v1", kind: "Node" }, { signal });
    const ready = items.filter(isReady);
    if (ready.length === items.length && ready.length > 0) return `${ready.length} of ${items.length} ready`;
    throw new UserError(`${ready.length} of ${items.length} nodes are ready`, {
      hint: `kubectl get nodes --context ${client.access.context} tells which; in the sandbox: ed8kctl sandbox up heals them`,
    });
  } catch (error) {
    if (error instanceof KubeError && error.status === 403) return "not shown to you, which is no fault";
    throw error;
  }
}
