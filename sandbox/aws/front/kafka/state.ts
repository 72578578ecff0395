import type {
  ClusterInfo,
  ClusterOperationInfo,
  Configuration,
  DescribeConfigurationRevisionResponse,
  DescribeTopicResponse,
} from "@aws-sdk/client-kafka";
import { AwsError } from "../aws-error.js";
import { find, type Lived, statusOf } from "../lifecycle.js";
import type { Call, Operation } from "../operations.js";
import type { Lowered, Wire } from "../wire.js";

/** MSK's shapes as in JSON: names begin small, moments are ISO 8601, bytes are base64. */
export type KafkaShape<T> = Lowered<Wire<Bytes<T>, string>>;

type Bytes<T> = T extends Uint8Array
  ? string
  : T extends Date
    ? T
    : T extends readonly unknown[]
      ? T
      : T extends object
        ? { [K in keyof T]: Bytes<T[K]> }
        : T;

/** A cluster with its topics and what was done to it. */
export interface KafkaCluster {
  info: KafkaShape<ClusterInfo>;
  /** By name. */
  readonly topics: Record<string, Lived<KafkaShape<DescribeTopicResponse>>>;
  /** By ARN. */
  readonly operations: Record<string, Lived<KafkaShape<ClusterOperationInfo>>>;
}

export interface KafkaConfiguration {
  info: KafkaShape<Configuration>;
  readonly revisions: KafkaShape<DescribeConfigurationRevisionResponse>[];
  tags: Record<string, string>;
}

/** What MSK has; all by ARN. */
export interface KafkaState {
  readonly clusters: Record<string, Lived<KafkaCluster>>;
  readonly configurations: Record<string, KafkaConfiguration>;
}

export type KafkaCall = Call<KafkaState>;
export type KafkaOperation = Operation<KafkaCall>;

/** The cluster that the path names. @throws AwsError NotFoundException */
export function clusterOf({ state, params, now }: KafkaCall): Lived<KafkaCluster> {
  const arn = params["cluster"] ?? "";
  const found = find(state.clusters, arn, now);
  if (found === undefined) throw new AwsError("NotFoundException", `The requested resource doesn't exist: ${arn}`);
  return found;
}

/** @throws AwsError BadRequestException while something happens to the cluster */
export function requireActive(cluster: Lived<KafkaCluster>, now: number): void {
  const status = statusOf(cluster, now);
  if (status === "ACTIVE") return;
  const name = cluster.value.info.clusterName ?? "";
  throw new AwsError(
    "BadRequestException",
    `You can't perform this operation on cluster ${name} in state ${status ?? "DELETING"}`,
  );
}

/** @throws AwsError BadRequestException when a field that AWS demands is not there */
export function required<T>(value: T | undefined, field: string): T {
  if (value !== undefined && value !== "") return value;
  throw new AwsError("BadRequestException", `The parameter ${field} must not be empty`);
}

export function iso(now: number): string {
  return new Date(now).toISOString();
}
