import { putBusyboxLinks } from "../content/busybox.js";
import { putCertificates } from "../content/certificates.js";
import type { LayerDefinition } from "../definition.js";
import { packagesLayer } from "../layers/packages.js";
import { putFile, putFolder, putLink } from "../tree.js";

/** Numeric users of the images, so that programs that ask for their name get one. */
const USERS: Readonly<Record<string, number>> = { root: 0, service: 999, kafka: 1000, app: 10001, nobody: 65534 };

/** Under all images: the C library, bash, busybox for every other command, certificate authorities. */
export const BASE: LayerDefinition = {
  ...packagesLayer({
    name: "base",
    names: ["base-files", "bash", "busybox-static", "ca-certificates", "libc-bin"],
    without: ["openssl"],
    leaveOut: [
      "./usr/share/base-files/*",
      "./usr/share/debianutils/*",
      "./etc/update-motd.d/*",
      "./var/backups/*",
      "./var/run",
      "./var/lock",
    ],
  }),
  sources: ["sandbox/images/content/certificates.ts", "sandbox/images/content/busybox.ts"],
  facts: [JSON.stringify(USERS)],
  fill: (root) => {
    const users = Object.entries(USERS);
    const passwd = users.map(([name, id]) => `${name}:x:${id}:${id}:${name}:${id === 0 ? "/root" : "/tmp"}:/bin/sh\n`);
    const group = users.map(([name, id]) => `${name}:x:${id}:\n`);
    putFile(root, "etc/passwd", { content: passwd.join("") });
    putFile(root, "etc/group", { content: group.join("") });
    putFile(root, "etc/nsswitch.conf", { content: "passwd: files\ngroup: files\nhosts: files dns\n" });
    for (const folder of ["dev", "proc", "run/lock", "sys"]) putFolder(root, folder);
    for (const folder of ["tmp", "var/tmp"]) putFolder(root, folder, 0o1777);
    putLink(root, "var/run", "/run");
    putLink(root, "var/lock", "/run/lock");
    putBusyboxLinks(root);
    putCertificates(root);
    return Promise.resolve();
  },
};
