import type { LayerDefinition, PackageSet } from "../definition.js";

/** What only installing takes, which the builder does itself: scripts of packages, users, questions. */
const INSTALLING = [
  ...["adduser", "debconf", "dpkg", "init-system-helpers", "lsb-base", "passwd", "sensible-utils", "sgml-base"],
  ...["sysvinit-utils", "tar", "ucf", "usrmerge", "xml-core", "mawk", "debianutils", "*perl*", "libdb5.3"],
  ...["libsemanage*", "libsepol2", "libaudit-common", "libpam-modules*", "gcc-12-base"],
];

/** What people read, what other systems start, and languages. */
const UNREAD = [
  ...["doc", "man", "locale", "lintian", "info", "i18n", "bash-completion", "icons", "pixmaps", "bug", "menu"],
  ...["perl", "perl5", "zoneinfo/right", "zoneinfo/posix", "common-licenses", "doc-base", "polkit-1", "apport"],
].map((folder) => `./usr/share/${folder}/*`);
const UNUSED = [
  ...["./lib/systemd/*", "./usr/lib/systemd/*", "./etc/init.d/*", "./etc/systemd/*", "./etc/cron*", "./var/lib/dpkg/*"],
  ...["./usr/lib/x86_64-linux-gnu/gconv/*", "./usr/lib/aarch64-linux-gnu/gconv/*", "./etc/logrotate.d/*"],
];

export interface Packages {
  readonly name: string;
  readonly names: readonly string[];
  /** @default [] */
  readonly without?: readonly string[];
  /** @default [] */
  readonly leaveOut?: readonly string[];
  readonly below?: PackageSet | undefined;
}

/** A layer of Debian packages, without what nothing in an image needs. */
export function packagesLayer(packages: Packages): LayerDefinition {
  const { name, names, without = [], leaveOut = [], below } = packages;
  return {
    name,
    sources: [],
    packages: {
      names,
      ...(below === undefined ? {} : { below }),
      without: [...INSTALLING, ...without],
      leaveOut: [...UNREAD, ...UNUSED, ...leaveOut],
    },
  };
}
