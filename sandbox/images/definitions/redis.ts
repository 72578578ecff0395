import type { ImageDefinition } from "../definition.js";
import { overlayLayer } from "../layers/overlay.js";
import { packagesLayer } from "../layers/packages.js";
import { BASE } from "./base.js";

/** Stands in for Valkey, which Debian 12 does not have: the same protocol, and Valkey's names for its commands. */
export const REDIS: ImageDefinition = {
  name: "redis",
  reference: "ed8k.local/redis:7.0",
  layers: [
    BASE,
    packagesLayer({ name: "redis", names: ["redis-server=5:7.0.*", "redis-tools=5:7.0.*"], below: BASE.packages }),
    overlayLayer({
      name: "redis",
      copies: { "/": "sandbox/images/files/redis" },
      links: {
        "/usr/bin/valkey-server": "redis-server",
        "/usr/bin/valkey-cli": "redis-cli",
        "/usr/bin/valkey-benchmark": "redis-benchmark",
      },
      folders: { "/data": 0o1777 },
    }),
  ],
  config: {
    Entrypoint: ["/usr/local/bin/redis-entrypoint"],
    Cmd: ["valkey-server"],
    WorkingDir: "/data",
  },
};
