import type { ImageRule } from "../../environments/bend/images.js";
import { VERSIONS } from "../../versions.js";
import type { ImageDefinition } from "./definition.js";
import { bos } from "./definitions/bos.js";
import { FXSUITE } from "./definitions/fxsuite.js";
import { KAFKA } from "./definitions/kafka.js";
import { PAUSE } from "./definitions/pause.js";
import { POSTGRES } from "./definitions/postgres.js";
import { REDIS } from "./definitions/redis.js";
import { TOOLS } from "./definitions/tools.js";

/** All images that the sandbox must have without a registry, those first that take longest to make. */
export function images(): readonly ImageDefinition[] {
  return [bos(), KAFKA, POSTGRES, TOOLS, FXSUITE, REDIS, PAUSE];
}

/** What the sandbox runs in the place of images that it cannot pull: the value of `ed8k:images` for its cluster. */
export const IMAGE_RULES: readonly ImageRule[] = [
  ...[...new Set(Object.values(VERSIONS.images.postgres))].map((from) => ({ from, to: POSTGRES.reference })),
  ...Object.values(VERSIONS.images.redis).map((from) => ({ from, to: REDIS.reference })),
  { from: VERSIONS.images.kafka, to: KAFKA.reference },
  // What the service toolbox runs.
  { from: "docker.io/nicolaka/netshoot:v0.13", to: TOOLS.reference },
];
