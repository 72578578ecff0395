import type { IncomingHttpHeaders } from "node:http";

/** Whose key a request is signed with, and for what. */
export interface Scope {
  readonly accessKeyId: string;
  /** As in the signature: `eks`, `ec2`, `kafka`. */
  readonly service: string;
  readonly region: string;
}

/**
 * Reads the credential scope of a signed or presigned request; `undefined` when it is neither.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
 */
export function scopeOf(headers: IncomingHttpHeaders, query: URLSearchParams): Scope | undefined {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? "")?.[1] ?? query.get("X-Amz-Credential");
  const [accessKeyId = "", , region = "", service = "", end] = (credential ?? "").split("/");
  return end === "aws4_request" ? { accessKeyId, region, service } : undefined;
}

/** Headers of a request that the front itself makes in the name of whoever asks; the emulator checks no signature. */
export function scopeHeaders({ accessKeyId, region }: Scope, service: string): Record<string, string> {
  const credential = `${accessKeyId}/19700101/${region}/${service}/aws4_request`;
  return { authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0` };
}
