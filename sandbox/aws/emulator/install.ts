import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../errors.js";
import { CommandError, runCommand } from "../../debian/command.js";
import { checkSpace } from "../../machine/disk.js";
import { checkoutRoot } from "../../paths.js";
import { makeOnce, type Work } from "../../tools/cache.js";

/** What the emulator is run with. */
export interface EmulatorProgram {
  /** The Python that the packages are for. */
  readonly python: string;
  /** Folder with the emulator and all that it imports. */
  readonly packages: string;
}

/** Every package with its version and the hashes of its files; nothing else is installed. */
const LOCK_FILE = join("sandbox", "aws", "requirements.txt");
const PACKAGES = "packages";
/** As installed. */
const BYTES = 150 * 1024 ** 2;
/** The emulator's web server asks for packages that are not in the lock file below that. */
const OLDEST_MINOR = 11;
const NEEDED = `Python 3.${OLDEST_MINOR} or later with pip`;

/**
 * The AWS emulator from PyPI, in the cache; nothing is installed in the system's Python.
 * @throws UserError when there is no Python or no pip, PyPI cannot be reached, or the disk is full
 */
export async function resolveEmulator(cache: string, work: Work): Promise<EmulatorProgram> {
  const { python, minor } = await findPython(work);
  const lockFile = join(checkoutRoot(), LOCK_FILE);
  const folder = join(cache, "tools", `aws-emulator-${key(lockFile, minor)}`);
  const make = async (parts: string): Promise<void> => {
    const begun = Date.now();
    work.report("AWS emulator: installing Python packages from PyPI, once for this machine");
    checkSpace({ folder, bytes: BYTES, purpose: "for the AWS emulator" });
    mkdirSync(join(parts, PACKAGES));
    await install(python, { lockFile, target: join(parts, PACKAGES) }, work);
    work.report(`AWS emulator: installed in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  };
  await makeOnce({ folder, files: [PACKAGES], doing: "installing the AWS emulator", make }, work);
  return { python, packages: join(folder, PACKAGES) };
}

async function findPython({ signal }: Work): Promise<{ readonly python: string; readonly minor: number }> {
  const program = "import sys; print(sys.executable, sys.version_info.major, sys.version_info.minor)";
  const said = await runCommand("python3", ["-c", program], { signal }).catch((error: unknown) => {
    throw missing("the AWS emulator needs python3, which does not run here", error);
  });
  const [, python = "", major, minor] = /^(.*) (\d+) (\d+)$/.exec(said.stdout.trim()) ?? [];
  if (Number(major) === 3 && Number(minor) >= OLDEST_MINOR) return { python, minor: Number(minor) };
  throw missing(`the AWS emulator needs ${NEEDED}, and python3 is ${major ?? "?"}.${minor ?? "?"} (${python})`);
}

function missing(message: string, cause?: unknown): UserError {
  return new UserError(message, { hint: `install ${NEEDED}, or leave out --aws`, cause });
}

/** Wheels alone: what PyPI has as source would run programs of its own while it is installed. */
async function install(
  python: string,
  { lockFile, target }: { readonly lockFile: string; readonly target: string },
  { signal }: Work,
): Promise<void> {
  const quiet = ["--quiet", "--disable-pip-version-check", "--no-input", "--root-user-action=ignore"];
  const exact = ["--require-hashes", "--only-binary=:all:", "--no-deps", "-r", lockFile];
  try {
    await runCommand(python, ["-m", "pip", "install", ...quiet, ...exact, "--target", target], { signal });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw installError(python, error);
  }
}

/** Pip tells everything on standard error, the reason last. */
function installError(python: string, error: CommandError): UserError {
  const { stderr } = error.said;
  if (stderr.includes("No module named pip"))
    return missing(`the AWS emulator needs pip, and ${python} has none`, error);
  const lines = stderr.split("\n").filter((line) => line.startsWith("ERROR:"));
  return new UserError(
    `the AWS emulator cannot be installed: ${lines.at(-1)?.slice("ERROR: ".length) ?? error.message}`,
    {
      hint: "it comes from PyPI: check the network, or set PIP_INDEX_URL to a mirror",
      cause: error,
    },
  );
}

function key(lockFile: string, minor: number): string {
  const decides = `${readFileSync(lockFile, "utf8")}\n3.${minor} ${process.platform} ${process.arch}`;
  return createHash("sha256").update(decides).digest("hex").slice(0, 12);
}
