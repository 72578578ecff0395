import { timingSafeEqual } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "../../login/sha256.js";
import { AwsError } from "../aws-error.js";
import type { AwsRequest } from "../request.js";

/** Services by which somebody could become somebody else: STS and IAM give out keys, EKS lets them in. */
export const CHECKED: readonly string[] = ["eks", "iam", "sts"];

/**
 * Checks that whoever asks knows the secret of the key; else everybody on the machine could get one of an administrator.
 * How long ago it was signed does not matter: nobody listens on loopback.
 * @throws AwsError as AWS does, when the key is unknown or the signature another one
 */
export async function requireSignature(
  request: AwsRequest,
  secretOf: (accessKeyId: string) => string | undefined,
): Promise<void> {
  const { accessKeyId, service } = request.scope;
  const secretAccessKey = secretOf(accessKeyId);
  if (secretAccessKey === undefined) {
    const code = service === "eks" ? "UnrecognizedClientException" : "InvalidClientTokenId";
    throw new AwsError(code, "The security token included in the request is invalid.", 403);
  }
  const given = Buffer.from(/Signature=([0-9a-f]{64})$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
  const expected = Buffer.from(await signatureOf(request, secretAccessKey));
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new AwsError(
    service === "eks" ? "InvalidSignatureException" : "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    403,
  );
}

/** The signature that a request would have with a secret. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
async function signatureOf(request: AwsRequest, secretAccessKey: string): Promise<string> {
  const { scope, method, url, headers, body } = request;
  const signed = new Set(/SignedHeaders=([^,\s]+)/.exec(headers.authorization ?? "")?.[1]?.split(";"));
  const signer = new SignatureV4({
    service: scope.service,
    region: scope.region,
    credentials: { accessKeyId: scope.accessKeyId, secretAccessKey },
    sha256: Sha256,
    applyChecksum: false,
  });
  const kept = Object.entries(headers).filter(([name]) => signed.has(name));
  const made = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      body: body ?? "",
    },
    { signingDate: signedAt(headers["x-amz-date"]), signableHeaders: signed },
  );
  return made.headers["authorization"]?.slice(-64) ?? "";
}

function queryOf({ searchParams }: URL): Record<string, string[]> {
  return Object.fromEntries([...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name)]));
}

/** `20261125T024000Z` as a moment. */
function signedAt(text: string | readonly string[] | undefined): Date {
  const iso = String(text).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z");
  const date = new Date(iso);
  if (!Number.isNaN(date.getTime())) return date;
  throw new AwsError("IncompleteSignature", "x-amz-date is missing or no date", 400);
}
