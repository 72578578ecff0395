import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OwnCluster } from "./own-cluster.js";

/** What commands leave behind for others to see: all that a refused one must leave as it was. */
export interface Traces {
  /** Every namespace with its resourceVersion. */
  readonly namespaces: readonly string[];
  /** The backend's files of stacks and locks. */
  readonly stacks: readonly string[];
  readonly kubeconfig: string;
}

/** Looks at the cluster, the backend and the kubeconfig. */
export async function tracesOf({ client, sandbox }: OwnCluster): Promise<Traces> {
  const { items } = await client.list({ apiVersion: "v1", kind: "Namespace" });
  const { backend, kubeconfig } = sandbox.paths;
  const files = readdirSync(join(backend, ".pulumi"), { recursive: true, encoding: "utf8" });
  return {
    namespaces: items.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`).sort(),
    stacks: files.filter((file) => /^(stacks|locks)\/.*\.json$/.test(file)).sort(),
    kubeconfig: readFileSync(kubeconfig, "utf8"),
  };
}
