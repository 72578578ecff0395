import assert from "node:assert/strict";
import type { Registered } from "../../../harness.js";
import { registeredWith } from "./registered.js";

/** The tags that `Pulumi.dev.yaml` gives to everything. */
export const TAGS = {
  "cost-center": "dxp",
  "ed8k:cluster": "dev",
  "ed8k:stack": "ed8k/dev",
  "ed8k:kind": "cluster",
};
/** The ARN that mocks give the cluster's key. */
export const KEY = "arn:aws:kms/key:Key:key";

/** Inputs of the one resource of this type and name, for `Pulumi.dev.yaml` with other values. */
export async function inputsOf(
  type: string,
  name: string,
  change: Readonly<Record<string, unknown>> = {},
): Promise<Registered["inputs"]> {
  const { resources } = await registeredWith(change);
  const found = resources.filter((resource) => resource.type === type && resource.name === name);
  assert.equal(found.length, 1, `${type} ${name}`);
  return found[0]?.inputs ?? {};
}
