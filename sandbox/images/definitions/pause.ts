import type { ImageDefinition } from "../definition.js";
import { packagesLayer } from "../layers/packages.js";

/** What keeps a pod's namespaces: one static program that waits, reaps and ends at once when told. */
export const PAUSE: ImageDefinition = {
  name: "pause",
  reference: "ed8k.local/pause:1",
  layers: [packagesLayer({ name: "pause", names: ["catatonit"] })],
  config: { User: "65535:65535", Entrypoint: ["/usr/bin/catatonit", "-P"], StopSignal: "SIGINT" },
};
