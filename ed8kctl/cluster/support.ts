import { EKS_VERSIONS } from "../../versions.js";

/** A version of Kubernetes on EKS, and until when it costs nothing extra. */
export interface Support {
  /** Minor, such as `1.36`. */
  readonly version: string;
  /** ISO date; absent for a version that ED8K does not know. */
  readonly endOfStandardSupport?: string;
  /** Whole days; below 0 when it has ended. */
  readonly daysLeft?: number;
}

const DAY_MS = 86_400_000;

/** @param now in milliseconds since 1970 */
export function supportOf(version: string, now: number): Support {
  const end = EKS_VERSIONS[version]?.endOfStandardSupport;
  if (end === undefined) return { version };
  return { version, endOfStandardSupport: end, daysLeft: Math.floor((Date.parse(end) - now) / DAY_MS) };
}

/** `1.36` of `1.36.3`. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
