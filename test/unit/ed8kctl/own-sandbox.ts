import { writeFileSync } from "node:fs";
import { linkTools } from "../../../sandbox/engine/commands.js";
import { type SandboxPaths, sandboxPaths } from "../../../sandbox/paths.js";
import { writeSettings } from "../../../sandbox/records/settings.js";
import { program, scratchFolder, setEnv } from "../sandbox/scratch.js";

const TOOLS = { etcd: "", "kube-apiserver": "", "kube-controller-manager": "", "kube-scheduler": "", kwok: "" };
/** What working in a sandbox sets; a test that does so puts it back. */
const VARIABLES = [
  "PATH",
  "KUBECONFIG",
  "KUBECACHEDIR",
  "HELM_CACHE_HOME",
  "PULUMI_HOME",
  "PULUMI_BACKEND_URL",
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "PULUMI_SKIP_UPDATE_CHECK",
  "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
  "ED8K_SANDBOX_PORT",
];

/** Files of a sandbox in which nothing runs, and this process on a machine on which no other backend is chosen. */
export function ownSandbox(pulumi = program(`${scratchFolder()}/pulumi`, "")): SandboxPaths {
  const paths = sandboxPaths(scratchFolder());
  linkTools({ pulumi, kubectl: pulumi, helm: pulumi }, paths);
  writeSettings(paths, { basePort: 20000, nodes: { real: false, simulated: 3, reason: "so" }, tools: TOOLS });
  setEnv(Object.fromEntries(VARIABLES.map((name) => [name, process.env[name]])));
  setEnv({ ED8K_SANDBOX: paths.folder, PULUMI_HOME: scratchFolder(), PULUMI_BACKEND_URL: undefined });
  return paths;
}

/** The kubeconfig of a sandbox leads to this server. */
export function leadTo(paths: SandboxPaths, kubeconfig: string): void {
  writeFileSync(paths.kubeconfig, kubeconfig);
}
