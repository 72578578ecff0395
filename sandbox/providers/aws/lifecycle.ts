import {
  type Created,
  type CreateCall,
  type DeleteCall,
  InitializationError,
  type Read,
  type ReadCall,
  type UpdateCall,
} from "../plugin/provider.js";
import type { ValueMap } from "../plugin/values.js";
import type { AwsClients } from "./clients.js";
import type { AwsKind, Data } from "./kind.js";
import { reasonOf } from "./reason.js";
import { currentInputs, stateBefore, stateOf, stateWith, toData } from "./state.js";
import { until } from "./wait.js";

/** Makes it, or tells in a preview what will be known of it. */
export async function createResource(kind: AwsKind, call: CreateCall, clients: AwsClients): Promise<Created> {
  if (call.preview) return { id: "", state: stateBefore(kind, call.inputs) };
  const inputs = toData(call.inputs);
  const id = await telling(`creating ${kind.type}`, () => kind.create(inputs, clients));
  return { id, state: await settled(kind, { id, inputs: call.inputs, last: inputs }, clients) };
}

/** What AWS has now: for refresh with what is known of it, for imports and `get` by the id alone. */
export async function readResource(kind: AwsKind, call: ReadCall, clients: AwsClients): Promise<Read> {
  const { id, inputs: known, state } = call;
  const last = { ...toData(state), ...toData(known) };
  const live = await telling(`reading ${kind.type} ${id}`, () => kind.read(id, clients, last));
  if (live === undefined) return undefined;
  const inputs = currentInputs(kind, known, live);
  return { id, inputs, state: stateOf(inputs, live) };
}

/** Changes it in place. When AWS refuses, the state stays as it was, so that the next update sees the same changes. */
export async function updateResource(kind: AwsKind, call: UpdateCall, clients: AwsClients): Promise<ValueMap> {
  const { id, inputs, oldInputs, state } = call;
  const next = stateWith(kind, state, inputs);
  if (call.preview) return next;
  const change = { old: toData({ ...state, ...oldInputs }), inputs: toData(inputs) };
  await telling(`updating ${kind.type} ${id}`, async () => kind.update?.(id, change, clients));
  return settled(kind, { id, inputs, last: toData(next) }, clients);
}

export async function deleteResource(kind: AwsKind, call: DeleteCall, clients: AwsClients): Promise<void> {
  const { id, state } = call;
  await telling(`deleting ${kind.type} ${id}`, () => kind.delete(id, clients, toData(state)));
}

interface Made {
  readonly id: string;
  readonly inputs: ValueMap;
  readonly last: Data;
}

/** AWS answers reads from copies: what was just made may be missing in one of them for a moment. */
const VISIBLE_SECONDS = 60;

/**
 * The state of what was made or changed, once it is usable.
 * @throws InitializationError when it does not become so: it stays in the state, and the next update tries again
 */
async function settled(kind: AwsKind, { id, inputs, last }: Made, clients: AwsClients): Promise<ValueMap> {
  try {
    await kind.settle?.(id, clients, toData(inputs));
    const wait = { what: `${kind.type} ${id} to be seen`, seconds: VISIBLE_SECONDS, signal: clients.signal };
    return stateOf(inputs, await until(wait, () => kind.read(id, clients, last)));
  } catch (error) {
    const message = `${kind.type} ${id} was made, but is not usable: ${reasonOf(error)}`;
    throw new InitializationError(message, { id, state: stateOf(inputs, last) });
  }
}

async function telling<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Error(`${what}: ${reasonOf(cause)}`, { cause });
  }
}
