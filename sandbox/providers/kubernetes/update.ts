import { isNotFound, KubeError } from "../../../kube/errors.js";
import type { Json, JsonObject, Manifest } from "../../../kube/manifest.js";
import { isJsonObject, type LiveObject, refOf } from "../../../kube/object.js";
import { parsePath, type Path } from "../plugin/changes.js";
import { InitializationError, type UpdateCall } from "../plugin/provider.js";
import { hasUnknown, type ValueMap } from "../plugin/values.js";
import { isAnnotated, PULUMI } from "./annotations.js";
import { awaitReady, NotReadyError } from "./awaiting/ready.js";
import { fieldManagerOf, fromCheckpoint, idOf, type Kept, metaText, toCheckpoint } from "./checkpoint.js";
import { explain, FAILED, isUnreachable } from "./failures.js";
import { toManifest } from "./inputs.js";
import type { Session } from "./session.js";
import { timeoutOf } from "./timeouts.js";

/** Changes an object in place by server-side apply, and waits until it is ready; a preview changes nothing. */
export async function updateObject(session: Session, call: UpdateCall): Promise<ValueMap> {
  const { inputs, state } = call;
  const kept: Kept = { ...fromCheckpoint(state), inputs, fieldManager: fieldManagerOf(inputs, state) };
  if (call.preview) return previewUpdate(session, call, kept);
  const changed = await change(session, call, kept);
  if (isAnnotated(inputs, PULUMI.skipAwait)) return toCheckpoint(changed, kept);
  try {
    const ready = await awaitReady({
      client: session.cluster,
      object: changed,
      timeoutSeconds: timeoutOf(call.timeoutSeconds, inputs),
      signal: session.signal,
      say: (message) => session.log.status(call.urn, message),
    });
    return toCheckpoint(ready, kept);
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error;
    const id = idOf(changed);
    const reason = FAILED.becomeLive(id, explain(error, inputs));
    throw new InitializationError(reason, { id, state: toCheckpoint(error.object, kept) });
  }
}

async function previewUpdate(session: Session, call: UpdateCall, kept: Kept): Promise<ValueMap> {
  const { inputs, urn } = call;
  if (session.client === undefined || hasUnknown(inputs)) return inputs;
  try {
    return toCheckpoint(await apply(session, call, kept), kept);
  } catch (error) {
    if (isUnreachable(error)) session.log.warn(urn, FAILED.unreachable(error.message));
    else if (!isNotFound(error) && !(error instanceof KubeError && error.status === 403)) {
      throw new Error(FAILED.update(urn, explain(error, inputs)));
    }
    return inputs;
  }
}

async function change(session: Session, call: UpdateCall, kept: Kept): Promise<LiveObject> {
  try {
    return await apply(session, call, kept);
  } catch (error) {
    if (isUnreachable(error)) throw new Error(FAILED.unreachable(error.message), { cause: error });
    throw new Error(FAILED.update(call.urn, explain(gone(error), call.inputs)));
  }
}

async function apply(session: Session, call: UpdateCall, { fieldManager }: Kept): Promise<LiveObject> {
  const { inputs, state, preview, ignoreChanges } = call;
  const wanted = toManifest(inputs);
  const manifest = ignoreChanges.length === 0 ? wanted : await keepIgnored(session, wanted, ignoreChanges);
  const uid = metaText(state, "uid");
  // With the uid the server refuses to make the object anew when it is gone, and to change another of the same name.
  const pinned = uid === undefined ? manifest : { ...manifest, metadata: { ...manifest.metadata, uid } };
  const force = isAnnotated(inputs, PULUMI.patchForce) || session.settings.enablePatchForce;
  return session.cluster.apply(pinned, { fieldManager, force, dryRun: preview });
}

function gone(error: unknown): unknown {
  const isOther = error instanceof KubeError && /uid mismatch|Precondition failed: UID/.test(error.message);
  if (!isOther) return error;
  return new Error(
    "the object was deleted or replaced by somebody else since the last update (run `pulumi refresh`, then the update again)",
  );
}

/** Ignored fields are sent as they are on the server: they stay, and nobody who owns them is in the way. */
async function keepIgnored(session: Session, manifest: Manifest, ignored: readonly string[]): Promise<Manifest> {
  const live = await session.cluster.find(refOf(manifest));
  if (live === undefined) return manifest;
  return ignored.map(parsePath).reduce<Manifest>((kept, path) => copyAt(kept, live, path) as Manifest, manifest);
}

/** `to` with the value that `from` has at a path; where `from` has none, `to` loses its own. */
function copyAt(to: Json, from: Json | undefined, [step, ...rest]: Path): Json {
  if (step === undefined) return from ?? to;
  if (typeof step === "number" && Array.isArray(to)) {
    const source = Array.isArray(from) ? (from as readonly Json[]) : [];
    return (to as readonly Json[]).map((item, index) => (index === step ? copyAt(item, source[index], rest) : item));
  }
  if (!isJsonObject(to)) return to;
  const source: JsonObject = isJsonObject(from) ? from : {};
  const { [step]: own, ...others } = to;
  const value = rest.length === 0 ? source[step] : own === undefined ? undefined : copyAt(own, source[step], rest);
  return value === undefined ? others : { ...others, [step]: value };
}
