import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "./sha256.js";

/** Keys of AWS, of a user or of a role's session. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface StsCall {
  /** The EKS cluster that the call is to open. */
  readonly cluster: string;
  readonly region: string;
  /** Of STS, such as `https://sts.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly keys: Keys;
  readonly signedAt: Date;
  readonly expiresSeconds: number;
}

/** Names the cluster; signed, so that a token opens no other. */
export const CLUSTER_HEADER = "x-k8s-aws-id";

/** A signed request to STS that tells who its keys belong to, as a URL that somebody else can call. */
export async function signStsUrl({ cluster, region, endpoint, keys, signedAt, expiresSeconds }: StsCall): Promise<URL> {
  const url = new URL("/", endpoint);
  const { sessionToken, ...pair } = keys;
  const signer = new SignatureV4({
    service: "sts",
    region,
    credentials: sessionToken === undefined ? pair : { ...pair, sessionToken },
    sha256: Sha256,
    applyChecksum: false,
  });
  const request = {
    method: "GET",
    protocol: url.protocol,
    hostname: url.hostname,
    path: "/",
    query: { Action: "GetCallerIdentity", Version: "2011-06-15" },
    headers: { host: url.host, [CLUSTER_HEADER]: cluster },
  };
  const { query = {} } = await signer.presign(request, { signingDate: signedAt, expiresIn: expiresSeconds });
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
  return url;
}
