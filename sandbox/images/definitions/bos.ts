import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../paths.js";
import { compilePackages } from "../content/python.js";
import type { ImageDefinition } from "../definition.js";
import { overlayLayer } from "../layers/overlay.js";
import { packagesLayer } from "../layers/packages.js";
import { BASE } from "./base.js";

/** Of Debian 12, whose packages are for this one. */
const PYTHON = "3.11";

/** The names in the file that BOS' Dockerfile gives to `xargs` as well: words, so there are no comments. */
export function packagesIn(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** The sample service BOS: Debian's Python and its modules, and the sources at /app. */
export function bos(): ImageDefinition {
  const names = packagesIn(readFileSync(join(checkoutRoot(), "services/bos/packages.txt"), "utf8"));
  return {
    name: "bos",
    reference: "ghcr.io/ed8k/bos:0.1.0",
    isEdited: true,
    layers: [
      BASE,
      {
        ...packagesLayer({
          name: "bos",
          names: [`python${PYTHON}-minimal`, ...names],
          below: BASE.packages,
          // The base layer's busybox has their commands.
          without: ["coreutils", "dash", "libjs-jquery", "python3-lib2to3"],
          leaveOut: ["*/tests/*", "*/lib2to3/*", "*/idlelib/*", "*/ensurepip/*", "./usr/share/javascript/*"],
        }),
        sources: ["sandbox/images/content/python.ts"],
        fill: (root, work) => compilePackages(root, PYTHON, work),
      },
      overlayLayer({
        name: "bos",
        copies: { "/app/src": "services/bos/src", "/app/bin": "services/bos/bin" },
        links: { "/usr/local/bin/bos": "/app/bin/bos" },
      }),
    ],
    config: {
      User: "10001",
      Env: ["LANG=C.UTF-8"],
      Cmd: ["bos", "web"],
      WorkingDir: "/app",
    },
  };
}
