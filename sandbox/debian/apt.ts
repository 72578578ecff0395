import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Work } from "../tools/cache.js";
import { aptError } from "./apt-error.js";
import { runCommand } from "./command.js";

/**
 * apt with lists, cache and a record of installed packages of its own: it reads the host's sources and keys, sees no
 * package as installed, and writes nothing outside its folder.
 */
export interface Apt {
  /** Where packages are kept, each in full. */
  readonly archives: string;
  /** Where `run` downloads to; there may be parts of packages from before, which apt-get mends. */
  readonly downloads: string;
  /**
   * Runs apt-get and gives what it printed.
   * @param doing for messages, as in "looking up packages"
   * @throws UserError with one sentence for what stands in the way
   */
  readonly run: (args: readonly string[], doing: string) => Promise<string>;
}

/**
 * Makes an apt in `folder` and fetches the lists of packages.
 * @throws UserError when there is no apt-get, or the disk is full
 */
export async function openApt(folder: string, { signal }: Work): Promise<Apt> {
  const archives = join(folder, "whole");
  const downloads = join(folder, "downloads");
  for (const path of ["state/lists/partial", "cache/archives/partial", "whole", "downloads"]) {
    mkdirSync(join(folder, path), { recursive: true, mode: 0o755 });
  }
  writeFileSync(join(folder, "status"), "");
  writeFileSync(join(folder, "apt.conf"), configuration(folder));
  let warnings = "";
  const run: Apt["run"] = async (args, doing) => {
    try {
      const said = await runCommand("apt-get", ["--config-file", join(folder, "apt.conf"), ...args], {
        cwd: downloads,
        signal,
        env: { DEBIAN_FRONTEND: "noninteractive" },
      });
      if (args.includes("update")) warnings = said.stderr;
      return said.stdout;
    } catch (error) {
      throw aptError(error, { doing, folder, warnings });
    }
  };
  await run(["update"], "fetching lists of packages");
  return { archives, downloads, run };
}

/**
 * Read after the host's configuration, of which proxies, keys and mirrors stay; hooks would act on the host.
 * https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html
 */
function configuration(folder: string): string {
  const cleared = [
    ...["APT::Update::Pre-Invoke", "APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success"],
    ...["DPkg::Pre-Invoke", "DPkg::Post-Invoke", "DPkg::Pre-Install-Pkgs", "APT::NeverAutoRemove"],
    // Descriptions and icons for shops of programs: 5 MB that nobody reads.
    ...["Acquire::IndexTargets::deb::DEP-11", "Acquire::IndexTargets::deb::CNF"],
    ...["", "-small", "-large", "-hidpi", "-small-hidpi", "-large-hidpi"].map(
      (size) => `Acquire::IndexTargets::deb::DEP-11-icons${size}`,
    ),
  ];
  const settings: Readonly<Record<string, string>> = {
    "Dir::State": join(folder, "state"),
    "Dir::State::status": join(folder, "status"),
    "Dir::State::lists": join(folder, "state", "lists"),
    "Dir::Cache": join(folder, "cache"),
    // Slim hosts leave it out; without it, each run reads all lists anew.
    "Dir::Cache::pkgcache": "pkgcache.bin",
    "Dir::Log": join(folder, "log"),
    "APT::Install-Recommends": "false",
    "APT::Install-Suggests": "false",
    // The user _apt may not enter the cache of another.
    "APT::Sandbox::User": "root",
    "Acquire::Languages": "none",
    "Acquire::Retries": "3",
    "Acquire::http::Timeout": "20",
    "Acquire::https::Timeout": "20",
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} "${value}";`);
  return [...cleared.map((name) => `#clear ${name};`), ...lines, ""].join("\n");
}
