import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterFacts } from "../../../cluster/outputs.js";
import { FakeApiServer } from "../kube/fake-api-server.js";
import { scratchFolder, setEnv } from "../sandbox/scratch.js";
import { FACTS } from "./live/facts.js";
import { live } from "./live/objects.js";

/** Writes a kubeconfig of these contexts and makes it the one of this process. */
export function useKubeconfig(contexts: Readonly<Record<string, FakeApiServer>>): void {
  const file = join(scratchFolder(), "kubeconfig");
  const names = Object.keys(contexts);
  const config = {
    apiVersion: "v1",
    kind: "Config",
    contexts: names.map((name) => ({ name, context: { cluster: name, user: "me" } })),
    clusters: Object.entries(contexts).map(([name, { url }]) => ({ name, cluster: { server: url } })),
    users: [{ name: "me", user: {} }],
  };
  writeFileSync(file, JSON.stringify(config));
  setEnv({ KUBECONFIG: file });
}

/** A cluster, and what its stack says of it. */
export async function ownCluster(
  context = "company",
): Promise<{ readonly server: FakeApiServer; readonly facts: ClusterFacts }> {
  const server = await FakeApiServer.start();
  const { uid } = server.put(live("Namespace kube-system")).metadata;
  return { server, facts: { ...FACTS, context, uid } };
}
