import { EKS_OPERATIONS } from "./eks/index.js";
import { KAFKA_OPERATIONS } from "./kafka/index.js";
import { findOperation, type Operation } from "./operations.js";
import { type AwsRequest, formOf } from "./request.js";

/** How often each operation was asked for since the front runs, or since `clear`. */
export class CallCounts {
  readonly #counts = new Map<string, number>();

  add(service: string, operation: string): void {
    const name = `${service}:${operation}`;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** By names such as `ec2:CreateVpc`. */
  all(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }

  clear(): void {
    this.#counts.clear();
  }
}

/** The operation that a request asks for, in AWS' words; of S3 only method and what of the bucket or object. */
export function operationOf({ scope, method, url, headers, body }: AwsRequest): string {
  const { service } = scope;
  if (service === "eks") return named(EKS_OPERATIONS, { method, path: url.pathname, service });
  if (service === "kafka") return named(KAFKA_OPERATIONS, { method, path: url.pathname, service });
  const target = String(headers["x-amz-target"] ?? "");
  if (target !== "") return target.split(".").at(-1) ?? target;
  const action = formOf({ url, body }).get("Action");
  if (action !== null) return action;
  const part = [...url.searchParams.keys()].find((name) => !/^(x-id|list-type|X-Amz-.*)$/.test(name));
  return part === undefined ? method : `${method} ?${part}`;
}

function named<C>(operations: readonly Operation<C>[], asked: Parameters<typeof findOperation>[1]): string {
  try {
    return findOperation(operations, asked).operation.name;
  } catch {
    return `${asked.method} ${asked.path}`;
  }
}
