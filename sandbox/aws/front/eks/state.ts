import type {
  AccessEntry,
  Addon,
  AssociatedAccessPolicy,
  Cluster,
  Nodegroup,
  PodIdentityAssociation,
  Update,
} from "@aws-sdk/client-eks";
import { AwsError } from "../aws-error.js";
import { find, type Lived, statusOf } from "../lifecycle.js";
import type { Call, Operation } from "../operations.js";
import type { Wire } from "../wire.js";

/** EKS' shapes as in JSON: moments are seconds since 1970. */
export type EksShape<T> = Wire<T, number>;

/** An access entry with the policies that are associated with it. */
export interface Access {
  entry: EksShape<AccessEntry>;
  policies: EksShape<AssociatedAccessPolicy>[];
}

/** A cluster with everything that is in it. */
export interface ClusterRecord {
  cluster: EksShape<Cluster>;
  readonly nodegroups: Record<string, Lived<EksShape<Nodegroup>>>;
  readonly addons: Record<string, Lived<EksShape<Addon>>>;
  /** By principal. */
  readonly access: Record<string, Access>;
  /** By id. */
  readonly associations: Record<string, EksShape<PodIdentityAssociation>>;
  /** By id. */
  readonly updates: Record<string, Lived<EksShape<Update>>>;
}

export interface EksState {
  readonly clusters: Record<string, Lived<ClusterRecord>>;
}

/** The VPC of subnets, and their availability zones. */
export interface Place {
  readonly vpc: string;
  readonly zones: ReadonlySet<string>;
}

/** What EKS' operations need of the world. */
export interface EksWorld {
  /** The API server that every cluster shows as its own, and its authority's certificate in base64. */
  readonly apiServer: () => { readonly endpoint: string; readonly authority: string };
  /** The ARN of whoever calls. */
  readonly caller: () => Promise<string>;
  /** Where subnets are. @throws AwsError when one is not there, or all are in one zone */
  readonly placeOf: (subnets: readonly string[]) => Promise<Place>;
  /** Makes a security group in a VPC, and gives its id. */
  readonly createGroup: (group: { readonly name: string; readonly vpc: string }) => Promise<string>;
  readonly deleteGroup: (id: string) => Promise<void>;
}

export interface EksCall extends Call<EksState> {
  readonly world: EksWorld;
}

export type EksOperation = Operation<EksCall>;

/** The cluster that the path names. @throws AwsError ResourceNotFoundException */
export function clusterOf({ state, params, now }: EksCall): Lived<ClusterRecord> {
  const name = params["name"] ?? "";
  const found = find(state.clusters, name, now);
  if (found === undefined) throw new AwsError("ResourceNotFoundException", `No cluster found for name: ${name}.`);
  return found;
}

/** @throws AwsError ResourceInUseException while something happens to the cluster */
export function requireActive(cluster: Lived<ClusterRecord>, now: number): void {
  const status = statusOf(cluster, now);
  if (status === "ACTIVE") return;
  const name = cluster.value.cluster.name ?? "";
  throw new AwsError("ResourceInUseException", `Cannot change cluster ${name}: its status is ${status ?? "DELETING"}`);
}

/** @throws AwsError InvalidParameterException when a field that AWS demands is not there */
export function required(value: string | undefined, field: string): string {
  if (value !== undefined && value !== "") return value;
  throw new AwsError("InvalidParameterException", `${field} can't be empty`);
}

export function seconds(now: number): number {
  return now / 1000;
}
