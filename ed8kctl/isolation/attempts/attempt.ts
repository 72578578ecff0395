import type { ClusterFacts } from "../../../cluster/outputs.js";
import type { Method } from "../../../kube/connection.js";
import type { Json } from "../../../kube/manifest.js";

/** Who tries to cross: a person who owns the environment, or a process in one of its pods. */
export type Actor = "owner" | "pod";

/** One request that must be refused; none changes anything should it be let through. */
export interface Attempt {
  readonly boundary: string;
  /** What is tried, as in "owner of alice: read the Secrets of bob". */
  readonly text: string;
  readonly actor: Actor;
  readonly method: Method;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  readonly contentType?: string;
}

/** What attempts are made from. */
export interface Neighbours {
  /** The environment whose people and pods try. */
  readonly from: string;
  readonly fromOwner: string;
  /** The environment that they try to reach. */
  readonly to: string;
  /** A pod of the other environment; without one a name that nothing has will do, for rights come first. */
  readonly toPod: string | undefined;
  readonly domain: string;
  readonly ingressClass: string;
  /** Absent where environments' routes are Ingresses. */
  readonly gateway?: NonNullable<ClusterFacts["gateway"]>;
  /** Cores that the quota of the first environment allows. */
  readonly cores: number;
  readonly registriesLimited: boolean;
}

/** The API server checks everything and changes nothing. */
export const DRY = { dryRun: "All" } as const;
export const MERGE = "application/merge-patch+json";
/** No object has this name. */
export const PROBE = "ed8k-isolation-probe";
/** An object that must not come to be. */
export function creation(
  about: Pick<Attempt, "boundary" | "text"> & { readonly actor?: Actor },
  path: string,
  body: Json,
): Attempt {
  return { actor: "owner", ...about, method: "POST", path, query: DRY, body };
}
