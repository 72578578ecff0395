import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "../../errors.js";
import type { KubeClient } from "../../kube/client.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";

export interface WaitOptions {
  readonly signal?: AbortSignal;
  /** @default five minutes */
  readonly timeoutMs?: number;
  /** When the time began to run, in milliseconds since 1970. @default now */
  readonly since?: number;
}

const FIVE_MINUTES = 300_000;

/** Something keeps a namespace from going. */
export class NamespaceHeldError extends UserError {
  override readonly name = "NamespaceHeldError";
}

/**
 * Resolves when the namespace is gone.
 * @throws NamespaceHeldError that says what holds it, when that takes too long
 */
export async function awaitNamespaceGone(client: KubeClient, name: string, options: WaitOptions): Promise<void> {
  const { signal, timeoutMs = FIVE_MINUTES, since = Date.now() } = options;
  const asked = signal === undefined ? {} : { signal };
  for (const deadline = since + timeoutMs; ; await pause(250, undefined, asked)) {
    const namespace = await client.find({ apiVersion: "v1", kind: "Namespace", name }, asked);
    if (namespace === undefined) return;
    if (Date.now() < deadline) continue;
    throw new NamespaceHeldError(
      `the namespace ${name} is not gone after ${Math.round(timeoutMs / 1000)} s: ${heldBy(namespace)}`,
      {
        hint: `remove what holds it (kubectl get all -n ${name} --context ${client.access.context}), then: ed8kctl destroy ${name} --yes`,
      },
    );
  }
}

/** The conditions under which a namespace tells what is still in it, and who keeps it there. */
const TELLING = ["NamespaceFinalizersRemaining", "NamespaceContentRemaining", "NamespaceDeletionContentFailure"];

/** Why a namespace that is being deleted is still there, in Kubernetes' own words. */
export function heldBy(namespace: LiveObject): string {
  const conditions = asList(at(namespace["status"], "conditions"));
  const told = TELLING.flatMap((type) =>
    conditions
      .filter((condition) => at(condition, "type") === type && at(condition, "status") === "True")
      .map((condition) => asText(at(condition, "message"))),
  );
  return told[0] ?? "Kubernetes does not say why";
}
