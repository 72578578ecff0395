import { chmodSync, mkdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CLIENT_OF } from "../machine/processes.js";
import { checkoutRoot, type SandboxPaths } from "../paths.js";
import { executablesOnPath } from "../tools/path.js";
import type { Plugin } from "./plugins.js";

/** Programs that the sandbox's shell offers under their own name. */
export interface LinkedTools {
  readonly pulumi: string;
  readonly kubectl: string;
  readonly helm: string;
}

/** Links the tools into the sandbox's folder of commands. */
export function linkTools(tools: LinkedTools, { bin }: SandboxPaths): void {
  mkdirSync(bin, { recursive: true });
  for (const [name, file] of Object.entries(tools) as [string, string][]) {
    rmSync(join(bin, name), { force: true });
    symlinkSync(file, join(bin, name));
  }
}

/** What `linkTools` linked as pulumi: the real file, beside which a published one has its language hosts. */
export function linkedPulumi({ bin }: SandboxPaths): string {
  return realpathSync(join(bin, "pulumi"));
}

/**
 * Writes `ed8kctl`, and a command for each stand-in; removes those of plugins that are installed by now. Writes `aws`
 * where the machine has none: a kubeconfig of EKS names it.
 */
export function writeCommands(plugins: readonly Plugin[], paths: SandboxPaths, path = process.env["PATH"] ?? ""): void {
  const root = checkoutRoot();
  const needsAws = plugins.some(({ name }) => name === "aws") && executablesOnPath("aws", path, paths.bin).length === 0;
  if (needsAws) writeCommand("aws", join(root, "dist", "sandbox", "aws", "cli", "main.js"), paths);
  else rmSync(join(paths.bin, "aws"), { force: true });
  writeCommand("ed8kctl", join(root, "bin", "ed8kctl.js"), paths);
  for (const { executable, source, entryPoint } of plugins) {
    if (source === "stand-in") writeCommand(executable, join(root, "dist", entryPoint), paths);
    else rmSync(join(paths.bin, executable), { force: true });
  }
}

/** The mark lets `sandbox down` find what a killed engine left running. */
function writeCommand(name: string, script: string, { bin, folder }: SandboxPaths): void {
  const mark = ["ed8kctl", "aws"].includes(name) ? "" : `export ${CLIENT_OF}=${quote(folder)}\n`;
  const file = join(bin, name);
  writeFileSync(file, `#!/bin/sh\n${mark}exec ${quote(process.execPath)} ${quote(script)} "$@"\n`);
  chmodSync(file, 0o755);
}

/** One word of a POSIX shell, whatever is in it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
