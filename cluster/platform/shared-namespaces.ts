import type { PlannedObject } from "../../environments/plan/types.js";
import { LABELS, NAMESPACES } from "../../naming.js";
import { platformObject } from "./object.js";

/** Id of the namespace of the shared Kafka among what a cluster stack registers. */
export const SHARED_NAMESPACE = `Namespace/${NAMESPACES.shared}`;

/** The namespaces of what runs for all, and who may reach it: pods of environments, on Kafka's port alone. */
export function sharedNamespaces(kafkaPort: number): PlannedObject[] {
  const namespaces = Object.values(NAMESPACES).map((name) =>
    platformObject({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
    }),
  );
  const ids = namespaces.map(({ id }) => id);
  return [
    ...namespaces,
    platformObject(
      {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "environments-to-kafka", namespace: NAMESPACES.shared },
        spec: {
          podSelector: {},
          policyTypes: ["Ingress"],
          ingress: [
            { from: [{ podSelector: {} }] },
            {
              from: [{ namespaceSelector: { matchLabels: { [LABELS.managed]: "true" } } }],
              ports: [{ protocol: "TCP", port: kafkaPort }],
            },
          ],
        },
      },
      ids,
    ),
  ];
}
