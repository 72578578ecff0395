import type { ClusterFacts } from "../../cluster/outputs.js";
import type { StackSecrets, Stacks } from "../engine/stacks.js";

/** What `ed8k:secretsProvider` says where no key of a cloud encrypts the stacks' secrets. */
export const PASSPHRASE = "passphrase";

/**
 * What encrypts the secrets of a new environment's stack: the key that the cluster stack names, or the passphrase of the
 * cluster stack. With another passphrase it would be an environment that nobody else can change.
 */
export async function secretsOf(
  { name, secretsProvider }: Pick<ClusterFacts, "name" | "secretsProvider">,
  stacks: Pick<Stacks, "salt">,
): Promise<StackSecrets> {
  if (secretsProvider !== PASSPHRASE) return { provider: secretsProvider };
  const salt = await stacks.salt(name);
  return salt === undefined ? {} : { salt };
}
