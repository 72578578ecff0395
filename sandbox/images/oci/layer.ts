import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { diskFullError, isDiskFull } from "../../machine/disk.js";

/** Content that is addressed by its hash. https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Blob {
  /** `sha256:` and the hash in hexadecimal digits. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * The same folder gives the same bytes, whoever made it and when: sorted, no times, all of it root's. In GNU's format,
 * because pax headers hold the number of tar's process.
 * https://www.gnu.org/software/tar/manual/html_section/Reproducibility.html
 */
const REPRODUCIBLE = [
  ...["--create", "--format=gnu", "--sort=name", "--mtime=@0", "--numeric-owner", "--owner=0", "--group=0"],
  ...["--no-acls", "--no-selinux", "--no-xattrs"],
];

export interface TarOptions {
  /** Symbolic links stand for what they lead to. @default false: they stay links */
  readonly followLinks?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a folder as one uncompressed layer, streaming.
 * @throws UserError when the disk is full
 */
export async function writeTar(folder: string, target: string, options: TarOptions = {}): Promise<Blob> {
  const { followLinks = false, signal } = options;
  chmodSync(folder, 0o755);
  const links = followLinks ? ["--dereference"] : [];
  const tar = spawn("tar", [...REPRODUCIBLE, ...links, "--directory", folder, "."], {
    env: { PATH: process.env["PATH"], LC_ALL: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal === undefined ? {} : { signal }),
  });
  let said = "";
  tar.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const hash = createHash("sha256");
  let size = 0;
  const measured = async function* (chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  const ended = once(tar, "close") as Promise<[code: number | null]>;
  const [[code]] = await Promise.all([ended, pipeline(tar.stdout, measured, createWriteStream(target))]);
  if (isDiskFull(said)) throw diskFullError(target, `writing ${target}`);
  if (code !== 0) throw new Error(`tar cannot read ${folder}: ${said.trim()}`);
  return { digest: `sha256:${hash.digest("hex")}`, size };
}
