import { existsSync } from "node:fs";
import { delimiter } from "node:path";
import { UserError } from "../errors.js";
import { awsEnvironment, unsetForAws } from "./aws/account.js";
import { awsFiles } from "./aws/root-key.js";
import { linkedPulumi, quote } from "./engine/commands.js";
import { findPlugins } from "./engine/plugins.js";
import { sandboxFolder, sandboxPaths, type SandboxPaths } from "./paths.js";
import { sandboxPorts } from "./ports.js";
import { readSettings, type Settings } from "./records/settings.js";

/** Variables that go before those of an environment and so must not be set beside them. */
export function unsetBeside(
  environment: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv = process.env,
): readonly string[] {
  return ["PULUMI_CONFIG_PASSPHRASE", ...(environment["AWS_ENDPOINT_URL"] === undefined ? [] : unsetForAws(env))];
}

/**
 * The variables with which `pulumi`, `kubectl`, `helm` and `ed8kctl` work on the sandbox. None of the values is a
 * secret: those are in files that the variables name.
 * @throws UserError (exit `notFound`) when there is no sandbox
 */
export function sandboxEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const paths = sandboxPaths(sandboxFolder(env));
  const settings = readSettings(paths);
  if (settings === undefined || !existsSync(paths.bin)) {
    throw new UserError(`there is no sandbox in ${paths.folder}`, {
      hint: "make one: ed8kctl sandbox up",
      exit: "notFound",
    });
  }
  const hasAws = settings.aws !== undefined;
  const usesStandIns = findPlugins({ paths, pulumi: linkedPulumi(paths), env, hasAws }).some(
    ({ source }) => source === "stand-in",
  );
  return {
    PATH: pathWith(paths.bin, env["PATH"] ?? ""),
    KUBECONFIG: paths.kubeconfig,
    KUBECACHEDIR: `${paths.clients}/kubectl`,
    HELM_CACHE_HOME: `${paths.clients}/helm`,
    PULUMI_HOME: paths.pulumiHome,
    PULUMI_BACKEND_URL: `file://${paths.backend}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: paths.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Else the engine would download the published plugins, and use them instead of the ones on PATH.
    ...(usesStandIns ? { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" } : {}),
    ED8K_SANDBOX: paths.folder,
    ED8K_SANDBOX_PORT: String(settings.basePort),
    ...awsVariables(settings, paths),
  };
}

function awsVariables({ aws, basePort }: Settings, paths: SandboxPaths): Record<string, string> {
  if (aws === undefined) return {};
  return { ...awsEnvironment(sandboxPorts(basePort).aws, awsFiles(paths)), ED8K_CHARTS: aws.charts };
}

/** The environment as lines for `eval` in a POSIX shell. */
export function shellLines(environment: Readonly<Record<string, string>>): string {
  const unset = unsetBeside(environment).map((name) => `unset ${name}`);
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...unset, ...exports].join("\n");
}

/** Once and in front, however often the lines are evaluated. */
function pathWith(bin: string, path: string): string {
  return [bin, ...path.split(delimiter).filter((folder) => folder !== bin && folder !== "")].join(delimiter);
}
