import { putBundle } from "../content/bundle.js";
import { putNode } from "../content/node.js";
import type { ImageDefinition, LayerDefinition } from "../definition.js";
import { packagesLayer } from "../layers/packages.js";
import { BASE } from "./base.js";

const NODE: LayerDefinition = {
  ...packagesLayer({ name: "node", names: ["libstdc++6"], below: BASE.packages }),
  sources: ["sandbox/images/content/node.ts"],
  facts: [process.version, process.execPath],
  fill: (root) => {
    putNode(root);
    return Promise.resolve();
  },
};

const BUNDLE: LayerDefinition = {
  name: "fxsuite-files",
  sources: [
    "services/fxsuite/src",
    "services/fxsuite/package.json",
    "package-lock.json",
    "sandbox/images/content/bundle.ts",
  ],
  fill: (root) => putBundle(root, "/app/main.js", "services/fxsuite/src/main.ts"),
};

/** The sample service FXSuite, on the Node that runs ED8K. */
export const FXSUITE: ImageDefinition = {
  name: "fxsuite",
  reference: "ghcr.io/ed8k/fxsuite:0.1.0",
  isEdited: true,
  layers: [BASE, NODE, BUNDLE],
  config: {
    User: "10001",
    Env: ["NODE_ENV=production", "LD_LIBRARY_PATH=/usr/local/lib"],
    Cmd: ["node", "/app/main.js"],
    WorkingDir: "/app",
  },
};
