import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { VERSIONS } from "../../versions.js";
import type { SandboxPaths } from "../paths.js";
import { executablesOnPath } from "../tools/path.js";

type ProviderName = keyof typeof VERSIONS.plugins;

/** One plugin of the engine, and who provides it. */
export interface Plugin {
  readonly name: ProviderName | "nodejs";
  /** The executable that the engine looks for. */
  readonly executable: string;
  readonly source: "published" | "stand-in";
  /** Of a published provider. */
  readonly version?: string;
  /** What a stand-in runs, below dist/. */
  readonly entryPoint: string;
  /** Where a published provider lies. */
  readonly folder?: string;
}

export interface PluginSources {
  readonly paths: SandboxPaths;
  /** The `pulumi` in use: a published one has its language hosts beside it. */
  readonly pulumi: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the sandbox plays AWS. @default false */
  readonly hasAws?: boolean;
}

/** Which plugins the sandbox uses: the published ones where they are installed, our stand-ins elsewhere. */
export function findPlugins({ paths, pulumi, env = process.env, hasAws = false }: PluginSources): readonly Plugin[] {
  const installed = join(userPulumiHome(paths, env), "plugins");
  const names: readonly ProviderName[] = ["kubernetes", "random", ...(hasAws ? (["aws", "eks"] as const) : [])];
  return [
    ...names.map((name) => provider(name, installed)),
    {
      name: "nodejs",
      executable: LANGUAGE_HOST,
      source: hasLanguageHost(paths, pulumi, env) ? "published" : "stand-in",
      entryPoint: "sandbox/language-host/main.js",
    },
  ];
}

/**
 * Makes the published providers known to the engine in the sandbox. It passes over folders that are links, so the
 * folder is real and its files are linked.
 */
export function linkPublished(plugins: readonly Plugin[], { pulumiHome }: SandboxPaths): void {
  const links = join(pulumiHome, "plugins");
  rmSync(links, { recursive: true, force: true });
  for (const { folder, name, version } of plugins) {
    if (folder === undefined || version === undefined) continue;
    const link = join(links, folderName(name, version));
    mkdirSync(link, { recursive: true });
    for (const file of readdirSync(folder)) symlinkSync(join(folder, file), join(link, file));
  }
}

const LANGUAGE_HOST = "pulumi-language-nodejs";

function provider(name: ProviderName, installed: string): Plugin {
  const version = VERSIONS.plugins[name];
  const executable = `pulumi-resource-${name}`;
  const folder = join(installed, folderName(name, version));
  const entryPoint = `sandbox/providers/${name}/main.js`;
  // The engine marks a folder that it has not finished downloading like this.
  const isInstalled = existsSync(join(folder, executable)) && !existsSync(`${folder}.partial`);
  return isInstalled
    ? { name, executable, source: "published", version, entryPoint, folder }
    : { name, executable, source: "stand-in", entryPoint };
}

function folderName(name: string, version: string): string {
  return `resource-${name}-v${version}`;
}

function hasLanguageHost({ bin }: SandboxPaths, pulumi: string, env: NodeJS.ProcessEnv): boolean {
  const isBeside = existsSync(join(dirname(pulumi), LANGUAGE_HOST));
  return isBeside || executablesOnPath(LANGUAGE_HOST, env["PATH"] ?? "", bin).length > 0;
}

/** In the sandbox's own shell `PULUMI_HOME` is the sandbox's. */
function userPulumiHome({ pulumiHome }: SandboxPaths, env: NodeJS.ProcessEnv): string {
  const home = env["PULUMI_HOME"];
  return home === undefined || home === "" || home === pulumiHome ? join(env["HOME"] ?? homedir(), ".pulumi") : home;
}
