import type { ClusterOperationInfo } from "@aws-sdk/client-kafka";
import { AwsError } from "../aws-error.js";
import { alive, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
import { clusterOf, type KafkaCall, type KafkaOperation, type KafkaShape } from "./state.js";

/** Operations on what was done to clusters. */
export const CLUSTER_OPERATIONS: readonly KafkaOperation[] = [
  {
    name: "DescribeClusterOperation",
    method: "GET",
    path: "/v1/operations/{operation}",
    readsOnly: true,
    answer: describe,
  },
  {
    name: "DescribeClusterOperationV2",
    method: "GET",
    path: "/api/v2/operations/{operation}",
    readsOnly: true,
    answer: describe,
  },
  {
    name: "ListClusterOperations",
    method: "GET",
    path: "/v1/clusters/{cluster}/operations",
    readsOnly: true,
    answer: list,
  },
  {
    name: "ListClusterOperationsV2",
    method: "GET",
    path: "/api/v2/clusters/{cluster}/operations",
    readsOnly: true,
    answer: list,
  },
];

type Done = Lived<KafkaShape<ClusterOperationInfo>>;

function describe({ state, params, now }: KafkaCall): object {
  const arn = params["operation"] ?? "";
  const found = alive(state.clusters, now).flatMap(({ value }) => value.operations[arn] ?? [])[0];
  if (found === undefined) throw new AwsError("NotFoundException", `The requested resource doesn't exist: ${arn}`);
  return { clusterOperationInfo: shown(found, now) };
}

function list(call: KafkaCall): object {
  const { items, ...next } = page(Object.values(clusterOf(call).value.operations), call.query);
  return { clusterOperationInfoList: items.map((one) => shown(one, call.now)), ...next };
}

/** The second version of the API has another name for the beginning. */
function shown(done: Done, now: number): object {
  const operationState = statusOf(done, now) === "ACTIVE" ? "UPDATE_COMPLETE" : "UPDATE_IN_PROGRESS";
  return { ...done.value, startTime: done.value.creationTime, clusterType: "PROVISIONED", operationState };
}
