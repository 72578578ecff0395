import { UserError } from "../errors.js";
import type { KubeClient } from "../kube/client.js";
import type { LiveObject } from "../kube/object.js";
import { ANNOTATIONS, LABELS } from "../naming.js";
import { canonicalBackend } from "./backend-url.js";

/** Whose the namespace of an environment's name is. */
export type Ownership = "free" | "ours" | "foreign" | "other-backend";

/** @param backend where the stacks of whoever asks are kept */
export function ownershipOf(namespace: LiveObject | undefined, name: string, backend: string): Ownership {
  if (namespace === undefined) return "free";
  const { labels = {}, annotations = {} } = namespace.metadata;
  if (labels[LABELS.managed] !== "true" || labels[LABELS.env] !== name) return "foreign";
  const kept = canonicalBackend(annotations[ANNOTATIONS.backend] ?? "");
  return kept === canonicalBackend(backend) ? "ours" : "other-backend";
}

/**
 * The namespace of that name, when it is this environment's; `undefined` when there is none.
 * @throws UserError when it is somebody else's, which nobody may adopt or delete
 */
export async function findOwnNamespace(
  client: KubeClient,
  name: string,
  backend: string,
): Promise<LiveObject | undefined> {
  const namespace = await client.find({ apiVersion: "v1", kind: "Namespace", name });
  const ownership = ownershipOf(namespace, name, backend);
  if (ownership === "foreign") {
    throw new UserError(`the cluster has a namespace ${name} that is no environment; nothing of it is touched`, {
      hint: "choose another name",
    });
  }
  if (ownership === "other-backend") {
    const other = canonicalBackend(namespace?.metadata.annotations?.[ANNOTATIONS.backend] ?? "another backend");
    throw new UserError(`the environment ${name} is kept in the backend ${other}, not in ${backend}`, {
      hint: `set PULUMI_BACKEND_URL=${other} to work on it, or choose another name`,
    });
  }
  return namespace;
}
