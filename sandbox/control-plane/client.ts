import { loadAccess } from "../../kube/access.js";
import { KubeClient } from "../../kube/client.js";
import type { SandboxPaths } from "../paths.js";

const clients = new Map<string, KubeClient>();

/** The administrator's client of the sandbox's API server; one for all calls, so that sockets are used again. */
export function openCluster({ kubeconfig }: SandboxPaths): KubeClient {
  const open = clients.get(kubeconfig) ?? new KubeClient(loadAccess({ paths: [kubeconfig] }));
  clients.set(kubeconfig, open);
  return open;
}

/** Forgets the client of a sandbox that is removed: the next one in its folder has another certificate. */
export function closeCluster({ kubeconfig }: SandboxPaths): void {
  clients.get(kubeconfig)?.close();
  clients.delete(kubeconfig);
}
