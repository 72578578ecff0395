import type { Resources } from "./plan/types.js";

/** Quota classes, smallest first. */
export const SIZES = ["s", "m", "l"] as const;
export type Size = (typeof SIZES)[number];

const GIB = 1024 ** 3;

/** What all of an environment's pods and volumes may ask for together. */
const HARD = {
  s: {
    "requests.cpu": 4,
    "requests.memory": 12 * GIB,
    "limits.memory": 24 * GIB,
    "requests.storage": 50 * GIB,
    persistentvolumeclaims: 8,
    pods: 30,
  },
  m: {
    "requests.cpu": 8,
    "requests.memory": 24 * GIB,
    "limits.memory": 48 * GIB,
    "requests.storage": 100 * GIB,
    persistentvolumeclaims: 15,
    pods: 60,
  },
  l: {
    "requests.cpu": 16,
    "requests.memory": 48 * GIB,
    "limits.memory": 96 * GIB,
    "requests.storage": 300 * GIB,
    persistentvolumeclaims: 40,
    pods: 150,
  },
} as const satisfies Record<Size, Resources>;

/** What a container asks for when its chart says nothing; memory alone is limited, for CPU limits slow down starts. */
export const DEFAULT_REQUESTS = { cpu: "50m", memory: "128Mi", memoryLimit: "512Mi" } as const;

/** The quota of a size, in base units. */
export function hardOf(size: Size): Resources {
  return HARD[size];
}
