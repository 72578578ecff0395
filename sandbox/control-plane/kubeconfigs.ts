import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { JsonObject } from "../../kube/manifest.js";
import { asList, asText, isJsonObject } from "../../kube/object.js";
import { readIfThere, writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";
import type { Ports } from "../ports.js";
import { credentialFiles, KUBELET_USER, type KubeUserName, tokenOf } from "./credentials.js";

/** The name of the sandbox's context, cluster and user in its kubeconfig. */
export const CONTEXT = "ed8k-sandbox";

/** Where the kubeconfig of a user is; each is readable by its owner only. */
export function kubeconfigFile(user: KubeUserName, paths: SandboxPaths): string {
  if (user === "ed8k-admin") return paths.kubeconfig;
  return join(paths.certificates, `${user.replace("system:", "").replaceAll(":", "-")}.kubeconfig`);
}

const HOST_USERS = ["ed8k-admin", "system:kube-controller-manager", "system:kube-scheduler"] as const;
const NODE_USERS = [KUBELET_USER, "system:kube-proxy", "ed8k:dns"] as const;

/** Writes the kubeconfigs, once the API server has made its certificate. */
export function writeKubeconfigs(paths: SandboxPaths, ports: Ports): void {
  for (const user of HOST_USERS) writeKubeconfig(user, paths, `https://127.0.0.1:${ports.apiServer}`);
}

/** Writes those of a real node's programs. @param server where the node finds the API server */
export function writeNodeKubeconfigs(paths: SandboxPaths, server: string): void {
  for (const user of NODE_USERS) writeKubeconfig(user, paths, server);
}

function writeKubeconfig(user: KubeUserName, paths: SandboxPaths, server: string): void {
  const files = credentialFiles(paths);
  const certificate = readFileSync(files.certificate).toString("base64");
  const file = kubeconfigFile(user, paths);
  const added = addedContexts(file);
  const kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": added.current ?? CONTEXT,
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }, ...added.contexts],
    clusters: [{ name: CONTEXT, cluster: { server, "certificate-authority-data": certificate } }],
    users: [{ name: CONTEXT, user: { token: tokenOf(user, files) } }],
  };
  writeAtomically(file, stringify(kubeconfig));
}

/** What `ed8kctl use` has added to the file since it was written: a restart of the sandbox must not undo that. */
function addedContexts(file: string): { readonly contexts: readonly JsonObject[]; readonly current?: string } {
  const content: unknown = parse(readIfThere(file) ?? "");
  if (!isJsonObject(content)) return { contexts: [] };
  const contexts = asList(content["contexts"]).filter(isJsonObject);
  const current = asText(content["current-context"]);
  return { contexts: contexts.filter(({ name }) => name !== CONTEXT), ...(current === "" ? {} : { current }) };
}
