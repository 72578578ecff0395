import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";
import type { Ports } from "../ports.js";
import { credentialFiles, type KubeUserName, tokenOf } from "./credentials.js";

/** The name of the sandbox's context, cluster and user in its kubeconfig. */
export const CONTEXT = "ed8k-sandbox";

/** Where the kubeconfig of a user is; each is readable by its owner only. */
export function kubeconfigFile(user: KubeUserName, paths: SandboxPaths): string {
  if (user === "ed8k-admin") return paths.kubeconfig;
  return join(paths.certificates, `${user.replace("system:", "")}.kubeconfig`);
}

/** Writes the kubeconfigs, once the API server has made its certificate. */
export function writeKubeconfigs(paths: SandboxPaths, ports: Ports): void {
  const files = credentialFiles(paths);
  const certificate = readFileSync(files.certificate).toString("base64");
  for (const user of ["ed8k-admin", "system:kube-controller-manager", "system:kube-scheduler"] as const) {
    const kubeconfig = {
      apiVersion: "v1",
      kind: "Config",
      "current-context": CONTEXT,
      contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
      clusters: [
        {
          name: CONTEXT,
          cluster: { server: `https://127.0.0.1:${ports.apiServer}`, "certificate-authority-data": certificate },
        },
      ],
      users: [{ name: CONTEXT, user: { token: tokenOf(user, files) } }],
    };
    writeAtomically(kubeconfigFile(user, paths), stringify(kubeconfig));
  }
}
