import { isNotFound } from "../../../kube/errors.js";
import type { LiveObject } from "../../../kube/object.js";
import type { Read, ReadCall } from "../plugin/provider.js";
import type { ValueMap } from "../plugin/values.js";
import { fieldManagerOf, fromCheckpoint, parseId, toCheckpoint } from "./checkpoint.js";
import { FAILED, isUnreachable } from "./failures.js";
import { cleanInputs, fromLive, inputsOfLive, markSecrets, mergeStringData } from "./inputs.js";
import { kindOfType } from "./kinds.js";
import { pruneToInputs } from "./prune.js";
import type { Session } from "./session.js";

/** What the cluster has now: for `pulumi refresh` with what is known of the object, for imports and `get` without. */
export async function readObject(session: Session, call: ReadCall): Promise<Read> {
  const { namespace = session.defaultNamespace, name } = parseId(call.id);
  const ref = kindOfType(call.type);
  try {
    const isNamespaced = await session.isNamespaced(ref);
    const live = await session.cluster.get({ ...ref, ...(isNamespaced ? { namespace } : {}), name });
    return toRead(call, live);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    if (isUnreachable(error)) return readUnreachable(session, call, error.message);
    throw error;
  }
}

function toRead({ id, inputs, state }: ReadCall, live: LiveObject): Read {
  const known = Object.keys(inputs).length > 0 ? inputs : fromCheckpoint(state).inputs;
  const isImport = Object.keys(known).length === 0;
  const current = isImport ? inputsOfLive(live) : currentInputs(live, known);
  const marked = markSecrets(current, known);
  const { initialApiVersion } = fromCheckpoint(state, known);
  const kept = {
    inputs: marked,
    fieldManager: fieldManagerOf(known, state),
    initialApiVersion: initialApiVersion === "" ? live.apiVersion : initialApiVersion,
  };
  return { id, inputs: marked, state: toCheckpoint(live, kept) };
}

/** The known inputs as the cluster has them now; `stringData` comes back as `data`, unless it says the same. */
function currentInputs(live: LiveObject, known: ValueMap): ValueMap {
  const merged = mergeStringData(known);
  const now = pruneToInputs(fromLive(live), cleanInputs(merged));
  const isSame = merged !== known && sameData(now, merged);
  return isSame ? { ...now, data: known["data"], stringData: known["stringData"] } : now;
}

function sameData(one: ValueMap, other: ValueMap): boolean {
  return JSON.stringify(sorted(one["data"])) === JSON.stringify(sorted(other["data"]));
}

function sorted(value: unknown): unknown {
  return typeof value === "object" && value !== null ? Object.entries(value).sort() : value;
}

function readUnreachable(session: Session, { urn, id, inputs, state }: ReadCall, why: string): Read {
  session.log.warn(urn, `configured Kubernetes cluster is unreachable: ${why}`);
  if (session.settings.deleteUnreachable) {
    session.log.info(
      urn,
      "configured Kubernetes cluster is unreachable and the `deleteUnreachable` option is enabled. Deleting the unreachable resource from Pulumi state",
    );
    return undefined;
  }
  if (session.settings.skipUpdateUnreachable) return { id, inputs, state };
  throw new Error(FAILED.readUnreachable);
}
