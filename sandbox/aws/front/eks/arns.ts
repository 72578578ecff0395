import { randomUUID } from "node:crypto";
import { ACCOUNT, REGION } from "../../account.js";

/** An ARN of EKS. */
export function eksArn(resource: string): string {
  return `arn:aws:eks:${REGION}:${ACCOUNT}:${resource}`;
}

/** Of something in a cluster: names can come back, so EKS adds an id. */
export function uniqueArn(resource: string): string {
  return eksArn(`${resource}/${randomUUID()}`);
}
