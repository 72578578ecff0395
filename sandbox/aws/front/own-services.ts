import { type Answer, jsonAnswer } from "./answer.js";
import { AwsError } from "./aws-error.js";
import { type Call, findOperation, type Operation } from "./operations.js";
import type { Store } from "./store.js";

/** A request to a service that the front plays as a whole. */
export interface OwnRequest {
  readonly service: string;
  readonly method: string;
  readonly url: URL;
  readonly body: Buffer;
  readonly now: number;
}

/**
 * Answers a request to such a service, and writes its state down when it has changed.
 * @param add what its operations need beside the call
 * @throws AwsError for what AWS or the sandbox refuses
 */
export async function answerOwn<State, C extends Call<State>>(
  { service, method, url, body, now }: OwnRequest,
  { operations, store, add }: OwnService<State, C>,
): Promise<Answer> {
  const { operation, params } = findOperation(operations, { method, path: url.pathname, service });
  const call: Call<State> = { state: store.data, params, query: url.searchParams, body: parseBody(body), now };
  const answer = await operation.answer({ ...call, ...add } as C);
  if (operation.readsOnly !== true) store.save();
  return jsonAnswer(answer);
}

export interface OwnService<State, C extends Call<State>> {
  readonly operations: readonly Operation<C>[];
  readonly store: Store<State>;
  readonly add: Omit<C, keyof Call<State>>;
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsError("SerializationException", "the body is no JSON");
  }
}
