import type { IncomingHttpHeaders } from "node:http";
import type { Scope } from "./scope.js";

/** A signed request whose body was read; one that is streamed has none here. */
export interface AwsRequest {
  readonly scope: Scope;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer | undefined;
}

/** Parameters in the address or, as usual, in the body. */
export function formOf({ url, body }: Pick<AwsRequest, "url" | "body">): URLSearchParams {
  return url.searchParams.has("Action") ? url.searchParams : new URLSearchParams(body?.toString("utf8") ?? "");
}
