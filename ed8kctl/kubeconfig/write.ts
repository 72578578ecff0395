import { mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../../errors.js";
import type { KubeconfigEntries } from "../../kube/eks-kubeconfig.js";
import { kubeconfigPaths, parseKubeconfig, readKubeconfig, selectContext } from "../../kube/kubeconfig.js";
import { contextName } from "../../naming.js";
import { readIfThere, writeAtomically } from "../../sandbox/machine/files.js";
import { withContext, withEntries } from "./context.js";

/** What was written, and where. */
export interface WrittenContext {
  readonly context: string;
  readonly file: string;
}

/**
 * Makes an environment's namespace the current context: in the first file of `$KUBECONFIG`, else `~/.kube/config`.
 * @param base the context that reaches the cluster; it must be in the kubeconfig
 * @throws UserError when it is not, or the file cannot be written
 */
export function writeContext(
  environment: string,
  base: string,
  paths: readonly string[] = kubeconfigPaths(),
): WrittenContext {
  const { clusterName, userName } = selectContext(readKubeconfig(paths), base);
  const context = contextName(environment);
  const entry = { name: context, cluster: clusterName, user: userName, namespace: environment };
  return { context, file: change(paths, (text) => withContext(text, entry)) };
}

/**
 * Writes a cluster, its user and its context into the same file, over entries of the same names.
 * @throws UserError when the file cannot be read or written
 */
export function writeEntries(entries: KubeconfigEntries, paths: readonly string[] = kubeconfigPaths()): WrittenContext {
  return { context: entries.name, file: change(paths, (text) => withEntries(text, entries)) };
}

/** @returns the file */
function change([first = ""]: readonly string[], edit: (text: string) => string): string {
  const before = readIfThere(first);
  // A link stays a link; a kubeconfig holds credentials, so a new one is its owner's only.
  const file = before === undefined ? first : realpathSync(first);
  const mode = before === undefined ? 0o600 : statSync(file).mode & 0o777;
  if (before !== undefined && before.trim() !== "") parseKubeconfig(before, file);
  const text = edit(before ?? "");
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeAtomically(file, text, mode);
  } catch (cause) {
    throw new UserError(`the kubeconfig ${file} cannot be written: ${cause instanceof Error ? cause.message : ""}`, {
      hint: "set KUBECONFIG to begin with a file of yours, followed by : and this one",
      cause,
    });
  }
  return file;
}

/** The current context, and the environment that it is for, when `use` made it. */
export function currentContext(paths: readonly string[] = kubeconfigPaths()): {
  readonly context: string | undefined;
  readonly environment: string | undefined;
} {
  const { currentContext: context, contexts } = readKubeconfig(paths);
  const namespace = context === undefined ? undefined : contexts.get(context)?.["namespace"];
  const isOurs = typeof namespace === "string" && context === contextName(namespace);
  return { context, environment: isOurs ? namespace : undefined };
}
