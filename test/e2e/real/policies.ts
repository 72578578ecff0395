import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { type Cluster, connects, type Endpoint } from "../../unit/environments/tenancy/network-evaluator.js";
import type { RealCluster } from "./real-cluster.js";

/** A port that no container names; what listens there unasked must be closed as well. */
const UNNAMED = 4444;

/** Judges every pair of pods of the namespaces, at every port that a container names and at one more, by the policies as they are there. */
export async function openWays(cluster: RealCluster, namespaces: readonly string[]) {
  const { client } = cluster;
  const [spaces, policies, pods] = await Promise.all([
    client.list({ apiVersion: "v1", kind: "Namespace" }),
    client.list({ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" }),
    client.list({ apiVersion: "v1", kind: "Pod" }),
  ]);
  const judged: Cluster = {
    policies: policies.items,
    namespaces: Object.fromEntries(spaces.items.map(({ metadata }) => [metadata.name, metadata.labels ?? {}])),
  };
  const running = pods.items.filter(
    ({ metadata, status }) => namespaces.includes(metadata.namespace ?? "") && at(status, "phase") === "Running",
  );
  const ways = running.flatMap((from) =>
    running.flatMap((to) =>
      portsOf(to).map((port) => ({
        from: nameOf(from),
        to: nameOf(to),
        port,
        isOpen: connects(judged, endpointOf(from), { ...endpointOf(to), port }),
      })),
    ),
  );
  return { pods: running.map(nameOf), ways };
}

function nameOf({ metadata }: LiveObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

function endpointOf({ metadata, status }: LiveObject): Endpoint {
  const { namespace = "", labels = {} } = metadata;
  return { namespace, labels, ip: asText(at(status, "podIP")) };
}

function portsOf({ spec }: LiveObject): readonly number[] {
  const ports = asList(at(spec, "containers")).flatMap((container) => asList(at(container, "ports")));
  return [...ports.map((port) => Number(at(port, "containerPort"))), UNNAMED];
}
