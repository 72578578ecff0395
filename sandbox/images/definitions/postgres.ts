import type { ImageDefinition } from "../definition.js";
import { overlayLayer } from "../layers/overlay.js";
import { packagesLayer } from "../layers/packages.js";
import { BASE } from "./base.js";

const PROGRAMS = "/usr/lib/postgresql/15/bin";

/** Keeps the contract of docker.io/library/postgres: https://hub.docker.com/_/postgres */
export const POSTGRES: ImageDefinition = {
  name: "postgres",
  reference: "ed8k.local/postgres:15",
  layers: [
    BASE,
    packagesLayer({
      name: "postgres",
      names: ["postgresql-15", "libnss-wrapper"],
      below: BASE.packages,
      // Debian's own way to run many clusters, and the compiler of queries, which is greater than the rest.
      without: [
        "postgresql-common",
        "postgresql-client-common",
        "ssl-cert",
        "libllvm14",
        "libz3-4",
        "locales",
        "libc-l10n",
      ],
      leaveOut: ["*/llvmjit*", "*/bitcode/*", "./usr/share/postgresql/15/man/*", "*/sasl2/libsasldb*"],
    }),
    overlayLayer({
      name: "postgres",
      copies: { "/": "sandbox/images/files/postgres" },
      folders: { "/run/postgresql": 0o1777, "/var/lib/postgresql": 0o1777, "/docker-entrypoint-initdb.d": 0o755 },
    }),
  ],
  config: {
    Env: [
      `PATH=${PROGRAMS}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      "LANG=C.UTF-8",
      "PGDATA=/var/lib/postgresql/data",
    ],
    Entrypoint: ["/usr/local/bin/postgres-entrypoint"],
    Cmd: ["postgres"],
    // Fast: it does not wait for clients to leave. https://www.postgresql.org/docs/15/server-shutdown.html
    StopSignal: "SIGINT",
  },
};
