import { AwsError } from "./aws-error.js";

/** One call to a service that speaks JSON over paths. */
export interface Call<State> {
  readonly state: State;
  /** What the path names, by the names in the operation's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An operation of such a service. */
export interface Operation<C> {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in AWS' reference, with names in braces. */
  readonly path: string;
  /** True: the state is as it was. @default false */
  readonly readsOnly?: boolean;
  answer(call: C): object | Promise<object>;
}

/** An operation that was asked for, and what its path names. */
export interface Found<C> {
  readonly operation: Operation<C>;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * The operation that a request asks for, in a closed list: what is not in it is refused, as a silent success would be a
 * lie.
 * @throws AwsError 501 that names the request
 */
export function findOperation<C>(
  operations: readonly Operation<C>[],
  { method, path, service }: { readonly method: string; readonly path: string; readonly service: string },
): Found<C> {
  for (const operation of operations) {
    const params = operation.method === method ? paramsOf(operation.path, path) : undefined;
    if (params !== undefined) return { operation, params };
  }
  const known = operations.map(({ name }) => name).join(", ");
  throw new AwsError("UnsupportedOperation", `the sandbox has no ${method} ${path} of ${service}; it has ${known}`);
}

function paramsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = decode(given[index] ?? "");
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === "") return undefined;
    if (name !== undefined) params[name] = value;
  }
  return params;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One page of a list: the token is where the next one begins. */
export function page<T>(
  items: readonly T[],
  query: URLSearchParams,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const from = Number(query.get("nextToken") ?? 0);
  const to = from + Number(query.get("maxResults") ?? 100);
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: String(to) } : {}) };
}
