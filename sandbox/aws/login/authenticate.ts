import { timingSafeEqual } from "node:crypto";
import type { ClusterRecord } from "../front/eks/state.js";
import { type Claim, parseToken, type TokenRules } from "./parse-token.js";
import { signStsUrl } from "./sts-url.js";
import { type Identity, kubeUser, type KubeUser } from "./user.js";

/** What is known of the world when somebody logs in. */
export interface LoginWorld extends TokenRules {
  readonly clusters: readonly ClusterRecord[];
  /** The secret of a key that the emulator has given out; `undefined` when it has not. */
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Calls STS with a claim's own URL: who it is, or `undefined`. */
  readonly identify: (claim: Claim, cluster: string) => Promise<Identity | undefined>;
}

/**
 * Finds out who has made a token.
 * @returns why nobody is let in, as a text
 */
export async function authenticate(token: string, world: LoginWorld): Promise<KubeUser | string> {
  const claim = parseToken(token, world);
  if (typeof claim === "string") return `the token is refused: ${claim}`;
  const secretAccessKey = world.secretOf(claim.accessKeyId);
  if (secretAccessKey === undefined) return `the key ${claim.accessKeyId} is not one of the sandbox's`;
  for (const record of world.clusters) {
    const cluster = record.cluster.name ?? "";
    if (!(await isSignedFor(cluster, claim, secretAccessKey))) continue;
    const identity = await world.identify(claim, cluster);
    if (identity === undefined) return "STS does not know whose key it is";
    return kubeUser(identity, record.access) ?? `cluster ${cluster} has no access entry for ${identity.arn}`;
  }
  return "the signature is wrong, or made for a cluster that is not there";
}

/** The name of the cluster is in the signature alone. */
async function isSignedFor(cluster: string, claim: Claim, secretAccessKey: string): Promise<boolean> {
  const { url, region, accessKeyId, sessionToken, signedAt, expiresSeconds, signature } = claim;
  const keys = { accessKeyId, secretAccessKey, sessionToken };
  const signed = await signStsUrl({ cluster, region, endpoint: url.origin, keys, signedAt, expiresSeconds });
  const expected = signed.searchParams.get("X-Amz-Signature") ?? "";
  return expected.length === signature.length && timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}
