import { claimName, type NameKind, physicalName } from "../../naming.js";
import type { ClaimType } from "../../services/claims.js";
import type { Claim } from "./driver.js";

/** AWS resources by the kind of their name; stores in the cluster are named as the others of their kind. */
const KINDS: Partial<Record<ClaimType, NameKind>> = {
  "sqs-queue": "queue",
  "sns-topic": "snsTopic",
  "s3-bucket": "bucket",
  "dynamodb-table": "table",
};

/** The name that a claim's real thing will have once something provisions it; shown in the plan. */
export function futureName(type: ClaimType, claim: Claim, environment: string): string {
  const kind = KINDS[type];
  // A service's name holds no double dash, so two services never share a name.
  return kind === undefined
    ? claimName(claim.service, claim.name)
    : physicalName(kind, environment, `${claim.service}--${claim.name}`);
}
