import { claimName } from "../../naming.js";
import { VERSIONS } from "../../versions.js";
import type { Driver } from "./driver.js";
import { claimImage } from "./claim-image.js";
import { statefulSet } from "./stateful-set.js";

const PORT = 6379;
const USER = 999;

/** Redis claims are served by Valkey: one pod with a volume in the environment's namespace. */
export const inClusterRedis: Driver<"redis"> = (claim, context) => {
  const name = claimName(claim.service, claim.name);
  const { image, notes } = claimImage(name, VERSIONS.images.redis[claim.params.version], context.facts.images);
  return {
    physicalName: name,
    objects: statefulSet(claim, context, {
      image,
      port: PORT,
      user: USER,
      args: ["valkey-server", "--appendonly", "yes", "--dir", "/data"],
      env: [],
      dataPath: "/data",
      ready: ["valkey-cli", "ping"],
      cpu: "50m",
      memory: "128Mi",
      storage: "1Gi",
    }),
    notes,
    secrets: [],
    outputs: { host: [name], port: [String(PORT)] },
  };
};
