import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { aptError } from "./apt-error.js";
import { CommandError } from "./command.js";

export interface Unpacking {
  readonly folder: string;
  /** Patterns of paths that stay out, as `./usr/share/doc/*`; `*` also stands for slashes. */
  readonly without: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** Folders of the root that are links in every Debian since 12. https://wiki.debian.org/UsrMerge */
const MERGED = ["bin", "sbin", "lib", "lib64"] as const;

/**
 * Unpacks the files of packages into a folder, one after the other as dpkg would; no script of a package is run.
 * @throws UserError when a file is damaged or the disk is full
 */
export async function unpackPackages(files: readonly string[], options: Unpacking): Promise<void> {
  const { folder } = options;
  mkdirSync(join(folder, "usr"), { recursive: true });
  chmodSync(join(folder, "usr"), 0o755);
  for (const name of MERGED) {
    mkdirSync(join(folder, "usr", name), { recursive: true });
    // Packages bring most of them, with their modes; mkdir's depends on the user's umask.
    chmodSync(join(folder, "usr", name), 0o755);
    if (!existsSync(join(folder, name))) symlinkSync(`usr/${name}`, join(folder, name));
  }
  for (const file of files) {
    try {
      await unpack(file, options);
    } catch (error) {
      throw aptError(error, { doing: `unpacking ${file}`, folder, warnings: "" });
    }
  }
}

async function unpack(file: string, { folder, without, signal }: Unpacking): Promise<void> {
  const options = { env: { ...process.env, LC_ALL: "C" }, ...(signal === undefined ? {} : { signal }) };
  // Not dpkg-deb --extract, which would put folders in the place of the links.
  const reader = spawn("dpkg-deb", ["--fsys-tarfile", file], { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const excluded = ["--wildcards", "--wildcards-match-slash", ...without.map((pattern) => `--exclude=${pattern}`)];
  const flags = ["--extract", "--preserve-permissions", "--keep-directory-symlink", "--directory", folder];
  const writer = spawn("tar", [...flags, ...excluded], { ...options, stdio: ["pipe", "ignore", "pipe"] });
  let said = "";
  for (const { stderr } of [reader, writer]) stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [[readerCode], [writerCode]] = (await Promise.all([
    once(reader, "close"),
    once(writer, "close"),
    // When tar ends early, its own message says why.
    pipeline(reader.stdout, writer.stdin).catch(() => undefined),
  ])) as [[number | null], [number | null], unknown];
  if (readerCode === 0 && writerCode === 0) return;
  throw new CommandError(`${file} cannot be unpacked: ${said.trim().split("\n").slice(-3).join("; ")}`, {
    stdout: "",
    stderr: said,
  });
}
