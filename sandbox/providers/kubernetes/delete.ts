import type { DeleteOptions } from "../../../kube/options.js";
import { isNotFound } from "../../../kube/errors.js";
import type { NamedRef } from "../../../kube/object.js";
import type { DeleteCall } from "../plugin/provider.js";
import { reveal } from "../plugin/values.js";
import { annotation, isAnnotated, PULUMI } from "./annotations.js";
import { awaitGone } from "./awaiting/gone.js";
import { fromCheckpoint, metaText, parseId } from "./checkpoint.js";
import { FAILED, isUnreachable } from "./failures.js";
import { kindOfType } from "./kinds.js";
import type { Session } from "./session.js";
import { timeoutOf } from "./timeouts.js";

/** Deletes an object with all that it owns, and waits until it is gone; one that is gone already is deleted. */
export async function deleteObject(session: Session, call: DeleteCall): Promise<void> {
  const { inputs } = fromCheckpoint(call.state);
  try {
    const ref = refTo(session, call);
    const propagationPolicy = policyOf(ref, annotation(inputs, PULUMI.deletionPropagationPolicy));
    const object = await session.cluster.delete(ref, { propagationPolicy });
    // Without an object in its answer, or without a deletion date in it, the server has already removed it.
    if (object?.metadata.deletionTimestamp === undefined || isAnnotated(inputs, PULUMI.skipAwait)) return;
    await awaitGone({
      client: session.cluster,
      object,
      timeoutSeconds: timeoutOf(call.timeoutSeconds, inputs),
      signal: session.signal,
      say: (message) => session.log.status(call.urn, message),
    });
  } catch (error) {
    // Also when the kind itself is gone, with its definition.
    if (isNotFound(error)) return;
    if (!isUnreachable(error)) throw error;
    session.log.warn(call.urn, `configured Kubernetes cluster is unreachable: ${error.message}`);
    if (!session.settings.deleteUnreachable) throw new Error(FAILED.deleteUnreachable, { cause: error });
  }
}

function refTo(session: Session, { id, type, state }: DeleteCall): NamedRef {
  const { name, namespace = metaText(state, "namespace") ?? session.defaultNamespace } = parseId(id);
  // The apiVersion of the state is that of the last update; the type's may be a newer program's.
  const apiVersion = reveal(state["apiVersion"]);
  const ref = kindOfType(type);
  return { ...ref, apiVersion: typeof apiVersion === "string" ? apiVersion : ref.apiVersion, namespace, name };
}

function policyOf({ kind }: NamedRef, annotated = ""): NonNullable<DeleteOptions["propagationPolicy"]> {
  const chosen = POLICIES[annotated.toLowerCase()];
  // A namespace goes after all that is in it in any case; in the foreground the controller only looks 5 s later again.
  return chosen ?? (kind === "Namespace" ? "Background" : "Foreground");
}

const POLICIES: Readonly<Record<string, NonNullable<DeleteOptions["propagationPolicy"]>>> = {
  foreground: "Foreground",
  background: "Background",
  orphan: "Orphan",
};
