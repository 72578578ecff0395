import { type Keys, signStsUrl } from "./sts-url.js";

/** A token for the API server of an EKS cluster. */
export interface EksToken {
  /** It is a secret for as long as it is valid. */
  readonly token: string;
  readonly expiresAt: Date;
}

export interface TokenRequest {
  readonly cluster: string;
  readonly region: string;
  readonly keys: Keys;
  /** @default that of `AWS_ENDPOINT_URL_STS` or `AWS_ENDPOINT_URL`, else the region's own STS */
  readonly endpoint?: string;
  /** @default now */
  readonly now?: Date;
}

export const TOKEN_PREFIX = "k8s-aws-v1.";
/** What is signed is the call of STS; EKS lets it in for longer than STS itself would. */
const URL_SECONDS = 60;
/** EKS takes tokens for 15 minutes; clocks may differ by one. */
const TOKEN_MS = 14 * 60 * 1000;

/**
 * Makes the token that `aws eks get-token` makes. Nothing is asked of AWS.
 * https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
 */
export async function eksToken({ cluster, region, keys, endpoint, now = new Date() }: TokenRequest): Promise<EksToken> {
  const url = await signStsUrl({
    cluster,
    region,
    endpoint: endpoint ?? stsEndpoint(region),
    keys,
    signedAt: now,
    expiresSeconds: URL_SECONDS,
  });
  const token = `${TOKEN_PREFIX}${Buffer.from(url.href).toString("base64url")}`;
  return { token, expiresAt: new Date(now.getTime() + TOKEN_MS) };
}

/** Where a region's STS answers. https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
export function stsEndpoint(region: string, env: NodeJS.ProcessEnv = process.env): string {
  const set = [env["AWS_ENDPOINT_URL_STS"], env["AWS_ENDPOINT_URL"]].find((url) => url !== undefined && url !== "");
  return set ?? `https://sts.${region}.amazonaws.com`;
}
