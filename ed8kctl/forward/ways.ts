import type { KubeClient } from "../../kube/client.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { watch } from "../../kube/watch.js";
import type { Endpoint } from "../live/endpoint.js";

/** A pod that answers for a Service, and the port on which it does. */
export interface Way {
  readonly pod: string;
  readonly port: number;
}

/**
 * The ready pods behind one port of a Service, by name, as Kubernetes itself keeps them.
 * https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
 */
export function waysOf(slices: readonly LiveObject[], portName: string): readonly Way[] {
  const ways = slices.flatMap((slice) => {
    const named = asList(slice["ports"]).find((one) => asText(at(one, "name")) === portName);
    const port = at(named, "port");
    if (typeof port !== "number") return [];
    return asList(slice["endpoints"]).flatMap((endpoint) => {
      const pod = asText(at(endpoint, "targetRef", "name"));
      const isReady = at(endpoint, "conditions", "ready") !== false;
      return isReady && pod !== "" ? [{ pod, port }] : [];
    });
  });
  // A pod has one endpoint for each of its addresses.
  const byPod = new Map(ways.map((way) => [way.pod, way]));
  return [...byPod.values()].sort((a, b) => (a.pod < b.pod ? -1 : 1));
}

export interface WatchedService {
  readonly client: KubeClient;
  readonly environment: string;
  readonly endpoint: Endpoint;
  readonly signal: AbortSignal;
  readonly onWays: (ways: readonly Way[]) => void;
  /** The cluster, which was reached once, cannot be reached now; told once each time. */
  readonly onLost: (fault: Error) => void;
}

/** Tells the ways to a Service, first those that there are, then each change, until aborted. */
export async function watchWays(watched: WatchedService): Promise<void> {
  const { client, environment, endpoint, signal, onWays, onLost: patient } = watched;
  const ref = { apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", namespace: environment };
  const labelSelector = `kubernetes.io/service-name=${endpoint.service}`;
  const { items, resourceVersion } = await client.list(ref, { labelSelector, signal });
  const slices = new Map(items.map((item) => [item.metadata.uid, item]));
  onWays(waysOf(items, endpoint.portName));
  const changes = watch(client, ref, { labelSelector, resourceVersion, known: items, patient, signal });
  for await (const { type, object } of changes) {
    if (type === "DELETED") slices.delete(object.metadata.uid);
    else slices.set(object.metadata.uid, object);
    onWays(waysOf([...slices.values()], endpoint.portName));
  }
}
