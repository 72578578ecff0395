import { asText, at } from "../../kube/object.js";
import type { Json } from "../../kube/manifest.js";

/**
 * The salt of a stack's state (`pulumi stack export`): with it the engine can tell whether a passphrase is the right
 * one. It is no secret. `undefined` where secrets are kept otherwise, such as by AWS KMS.
 */
export function saltIn(state: unknown): string | undefined {
  const provider = at(state as Json, "deployment", "secrets_providers");
  const salt = asText(at(provider, "state", "salt"));
  return at(provider, "type") === "passphrase" && salt !== "" ? salt : undefined;
}
