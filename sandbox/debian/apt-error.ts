import { readFileSync } from "node:fs";
import { UserError } from "../../errors.js";
import { diskFullError, isDiskFull } from "../machine/disk.js";
import { CommandError } from "./command.js";

export interface AptFailure {
  /** What it was done for, as in "fetching lists of packages". */
  readonly doing: string;
  readonly folder: string;
  /** What apt-get said when it fetched the lists: a source that cannot be reached only makes a warning there. */
  readonly warnings: string;
}

const ELSE = "or do without: ed8kctl sandbox up --nodes simulated";
const NETWORK =
  /Temporary failure resolving|Could not (?:connect|resolve)|Cannot initiate the connection|Connection (?:failed|timed out|refused)|Unable to connect|Failed to fetch/;
/** A source without the distribution, or one that has gone on to other versions of packages than its lists say. */
const GONE = /Failed to fetch \S+\s.*\b404 |(?:does not|no longer) have a Release file/;
/** https://wiki.debian.org/SecureApt */
const UNTRUSTED =
  /NO_PUBKEY|EXPKEYSIG|BADSIG|is not (?:\(yet\) )?signed|not valid yet|Release file .* is expired|Hash Sum mismatch|invalid signature|couldn't be verified/;
/** What is the matter with the host's package sources, the most telling first: what it is known by, what it is, what to do. */
const SOURCES = [
  [
    UNTRUSTED,
    "apt-get does not trust the host's package sources",
    "check the keys of /etc/apt and the machine's clock; a proxy may also have changed what came through it",
  ],
  [
    GONE,
    "the host's package sources lack what their lists name",
    "wait until the mirror is up to date, or name another in /etc/apt",
  ],
  [NETWORK, "apt-get could not reach the host's package sources", "check the network and /etc/apt"],
] as const;
const UNKNOWN = /Unable to locate package (\S+)|Package '?(\S+?)'? has no installation candidate/g;
const OTHER_VERSION = /Version '(\S+)' for '(\S+)' was not found/g;

/** What apt-get or dpkg-deb failed on, as one sentence that tells what to do; an error that is not theirs stays as it is. */
export function aptError(error: unknown, { doing, folder, warnings }: AptFailure): unknown {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") {
    const program = (error as NodeJS.ErrnoException).path ?? "apt-get";
    return new UserError(`${program} is not on PATH: the sandbox's real nodes are made from Debian packages`, {
      hint: `use a machine with Debian 12 ${ELSE}`,
      cause: error,
    });
  }
  if (!(error instanceof CommandError)) return error;
  const { stderr } = error.said;
  if (isDiskFull(stderr) || /don't have enough free space/.test(stderr)) return diskFullError(folder, doing);
  const unknown = [
    ...[...stderr.matchAll(UNKNOWN)].map(([, first, second]) => first ?? second ?? ""),
    ...[...stderr.matchAll(OTHER_VERSION)].map(([, version = "", name = ""]) => `${name} (${version})`),
  ];
  const lines = [...(unknown.length > 0 ? warnings.split("\n") : []), ...stderr.split("\n")];
  for (const [pattern, trouble, todo] of SOURCES) {
    const line = lines.find((one) => pattern.test(one));
    if (line === undefined) continue;
    return new UserError(`${trouble}: ${withoutMark(line)}`, { hint: `${todo}, then run the command again, ${ELSE}` });
  }
  if (unknown.length > 0) {
    return new UserError(
      `${distribution()} has no package ${[...new Set(unknown)].join(", ")}, which the sandbox's real nodes need`,
      {
        hint: `use a machine with Debian 12 ${ELSE}`,
      },
    );
  }
  return new UserError(`stopped ${doing}: ${withoutMark(error.message)}`, {
    hint: `try apt-get update by hand, ${ELSE}`,
  });
}

/** The name of the host's distribution with its version. https://www.freedesktop.org/software/systemd/man/os-release.html */
export function distribution(file = "/etc/os-release"): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(readFileSync(file, "utf8"))?.[1] ?? "this distribution";
  } catch {
    return "this distribution";
  }
}

function withoutMark(line: string): string {
  return line.trim().replace(/^[EW]: /, "");
}
