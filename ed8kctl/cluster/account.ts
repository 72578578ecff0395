import { requireAccount } from "../../cluster/aws/account.js";
import type { ClusterConfig } from "../../config.js";

/**
 * Makes sure that AWS knows whoever asks as somebody of the cluster's account.
 * @returns the account; nothing where the cluster is not made on AWS by its stack
 * @throws UserError when it is another account, or AWS does not say
 */
export async function requireAccountOf(config: ClusterConfig): Promise<string | undefined> {
  return config.provider === "eks" ? requireAccount(config.settings) : undefined;
}
