import { TOKEN_PREFIX } from "./eks-token.js";
import { CLUSTER_HEADER } from "./sts-url.js";

/** A token that may open a cluster: what it claims, before its signature is checked. */
export interface Claim {
  readonly url: URL;
  readonly accessKeyId: string;
  readonly region: string;
  readonly sessionToken?: string;
  readonly signedAt: Date;
  readonly expiresSeconds: number;
  readonly signature: string;
}

/** How long EKS takes a token, and how far clocks may differ, in milliseconds. */
const VALID_MS = 15 * 60 * 1000;
const SKEW_MS = 5 * 60 * 1000;
/** What a signed call of STS may carry, and nothing else: so that it can do nothing else. */
const PARAMETERS = new Set([
  "Action",
  "Version",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-Security-Token",
  "X-Amz-Signature",
  "X-Amz-SignedHeaders",
  "X-Amz-Content-Sha256",
]);

export interface TokenRules {
  /** Hosts that STS has here, beside those of AWS: the front's own. */
  readonly hosts: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Reads a token by the rules of EKS' authenticator.
 * https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/token/token.go
 * @returns why it is none, as a text
 */
export function parseToken(token: string, { hosts, now }: TokenRules): Claim | string {
  if (!token.startsWith(TOKEN_PREFIX)) return `it does not begin with ${TOKEN_PREFIX}`;
  const text = Buffer.from(token.slice(TOKEN_PREFIX.length), "base64url").toString("utf8");
  if (!URL.canParse(text)) return "it holds no URL";
  const url = new URL(text);
  if (!hosts.includes(url.host) && !/^sts(\.[a-z0-9-]+)?\.amazonaws\.com$/.test(url.host))
    return `${url.host} is no host of STS`;
  if (url.pathname !== "/") return `its path is ${url.pathname}`;
  const query = Object.fromEntries(url.searchParams);
  const foreign = [...url.searchParams.keys()].find((name) => !PARAMETERS.has(name));
  if (foreign !== undefined) return `it has the parameter ${foreign}`;
  if (Object.keys(query).length !== [...url.searchParams].length) return "it has a parameter twice";
  if (query["Action"] !== "GetCallerIdentity") return `it asks STS for ${query["Action"] ?? "nothing"}`;
  if (query["X-Amz-SignedHeaders"]?.split(";").includes(CLUSTER_HEADER) !== true)
    return `${CLUSTER_HEADER} is not signed`;
  const [accessKeyId = "", , region = "", service] = (query["X-Amz-Credential"] ?? "").split("/");
  if (service !== "sts") return "it is not signed for STS";
  const signedAt = parseDate(query["X-Amz-Date"] ?? "");
  if (signedAt === undefined) return "it has no date";
  const age = now - signedAt.getTime();
  if (age > VALID_MS) return `it was signed ${Math.round(age / 60_000)} minutes ago; 15 are allowed`;
  if (age < -SKEW_MS) return "it was signed in the future";
  const expiresSeconds = Number(query["X-Amz-Expires"]);
  if (!(expiresSeconds >= 0 && expiresSeconds <= VALID_MS / 1000)) return "it expires later than in 15 minutes";
  const sessionToken = query["X-Amz-Security-Token"];
  const claim = { url, accessKeyId, region, signedAt, expiresSeconds, signature: query["X-Amz-Signature"] ?? "" };
  return sessionToken === undefined ? claim : { ...claim, sessionToken };
}

/** As in `20261124T120000Z`. */
function parseDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", hour = "", minute = "", second = ""] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
