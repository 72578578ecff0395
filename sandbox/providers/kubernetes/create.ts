import { setTimeout } from "node:timers/promises";
import { isConflict, isNotFound, KubeError } from "../../../kube/errors.js";
import { describeRef, type LiveObject, refOf } from "../../../kube/object.js";
import { type CreateCall, type Created, InitializationError } from "../plugin/provider.js";
import { hasUnknown, type ValueMap } from "../plugin/values.js";
import { isAnnotated, PULUMI } from "./annotations.js";
import { awaitReady, NotReadyError } from "./awaiting/ready.js";
import { fieldManagerOf, idOf, metaText, toCheckpoint } from "./checkpoint.js";
import { explain, FAILED, isNoKind, isPassing, isUnreachable } from "./failures.js";
import { toManifest } from "./inputs.js";
import type { Session } from "./session.js";
import { timeoutOf } from "./timeouts.js";

/** Makes an object and waits until it is ready; in a preview it only asks the API server whether it would. */
export async function createObject(session: Session, call: CreateCall): Promise<Created> {
  const { inputs, urn } = call;
  const fieldManager = fieldManagerOf(inputs);
  if (call.preview) return { id: "", state: await previewCreation(session, call, fieldManager) };
  const made = await make(session, call, fieldManager);
  const kept = { inputs, fieldManager, initialApiVersion: made.apiVersion };
  if (isAnnotated(inputs, PULUMI.skipAwait)) return { id: idOf(made), state: toCheckpoint(made, kept) };
  try {
    const ready = await awaitReady({
      client: session.cluster,
      object: made,
      timeoutSeconds: timeoutOf(call.timeoutSeconds, inputs),
      signal: session.signal,
      say: (message) => session.log.status(urn, message),
    });
    return { id: idOf(ready), state: toCheckpoint(ready, kept) };
  } catch (error) {
    if (!(error instanceof NotReadyError)) throw error;
    const state = toCheckpoint(error.object, kept);
    throw new InitializationError(FAILED.initialize(urn, explain(error, inputs)), { id: idOf(made), state });
  }
}

/**
 * The object as the server would make it, or only the inputs where the server cannot say: it is not reachable, the kind
 * or the namespace is yet to be made, or asking is not allowed.
 */
async function previewCreation(session: Session, { urn, inputs }: CreateCall, fieldManager: string): Promise<ValueMap> {
  if (session.client === undefined || hasUnknown(inputs) || metaText(inputs, "name") === undefined) return inputs;
  try {
    const live = await session.client.apply(toManifest(inputs), { fieldManager, dryRun: true, force: true });
    const { status: _, ...state } = toCheckpoint(live, { inputs, fieldManager, initialApiVersion: live.apiVersion });
    return state;
  } catch (error) {
    if (isUnreachable(error)) session.log.warn(urn, FAILED.unreachable(error.message));
    else if (!isSilentInPreview(error)) throw new Error(FAILED.create(urn, explain(error, inputs)));
    return inputs;
  }
}

function isSilentInPreview(error: unknown): boolean {
  if (isNotFound(error) || isConflict(error)) return true;
  if (!(error instanceof KubeError)) return false;
  // An object of that name is there and goes before the new one is made.
  return error.status === 403 || (error.status === 422 && error.message.includes("field is immutable"));
}

async function make(session: Session, call: CreateCall, fieldManager: string): Promise<LiveObject> {
  const { urn, inputs } = call;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await makeOnce(session, inputs, fieldManager);
    } catch (error) {
      if (isPassing(error) && attempt < RETRIES && !session.signal.aborted) {
        session.log.status(urn, `Retry #${attempt}; creation failed: ${explain(error, inputs)}`);
        await setTimeout(100 * 2 ** attempt, undefined, { signal: session.signal });
        continue;
      }
      if (isUnreachable(error)) throw new Error(FAILED.unreachable(error.message), { cause: error });
      const why = explain(error, inputs);
      throw new Error(isNoKind(error) ? FAILED.createKind(urn, kindOf(inputs), why) : FAILED.create(urn, why));
    }
  }
}

/** Waits of 0.1, 0.2, 0.4, 0.8, 1.6 s: for a namespace, a definition or a controller that is a moment late. */
const RETRIES = 5;

async function makeOnce({ cluster, settings }: Session, inputs: ValueMap, fieldManager: string): Promise<LiveObject> {
  const manifest = toManifest(inputs);
  if (metaText(inputs, "name") === undefined) return cluster.create(manifest, { fieldManager });
  if (settings.upsertExistingObjects) return cluster.apply(manifest, { fieldManager, force: true });
  // Server-side apply would take over what somebody else has made, so what is there is looked for first.
  const there = await cluster.find(refOf(manifest));
  if (there !== undefined) throw await alreadyExists(cluster, there);
  const force = isAnnotated(inputs, PULUMI.patchForce) || settings.enablePatchForce;
  return cluster.apply(manifest, { fieldManager, force });
}

/** In the API server's words. */
async function alreadyExists(cluster: Session["cluster"], object: LiveObject): Promise<KubeError> {
  const { plural, apiVersion } = await cluster.resources.find(object);
  const group = apiVersion.includes("/") ? `.${apiVersion.slice(0, apiVersion.indexOf("/"))}` : "";
  const message = `${plural}${group} "${object.metadata.name}" already exists`;
  return new KubeError(409, { reason: "AlreadyExists", message, details: { object: describeRef(refOf(object)) } });
}

function kindOf(inputs: ValueMap): string {
  const { apiVersion, kind } = toManifest(inputs);
  return `${apiVersion}/${kind}`;
}
