import { NAMESPACES, PRIORITIES } from "../../../naming.js";
import { VERSIONS } from "../../../versions.js";
import type { AddOn } from "./add-on.js";
import { ON_SYSTEM_NODES } from "./common.js";

const NAME = "kube-prometheus-stack";

/** What EKS runs itself and lets nobody look into. https://docs.aws.amazon.com/eks/latest/userguide/prometheus.html */
const OF_EKS = { kubeControllerManager: off(), kubeScheduler: off(), kubeEtcd: off() };

/**
 * Prometheus and Grafana, where `ed8k:monitoring` asks for them. In the namespace that the environments' network policies
 * let in. https://github.com/prometheus-community/helm-charts/tree/main/charts/kube-prometheus-stack
 */
export const monitoring: AddOn = {
  about: "Prometheus and Grafana for cluster and environments",
  isOn: (config) => config.monitoring === NAME,
  plan: () => ({
    charts: [
      {
        name: NAME,
        from: {
          from: "oci",
          chart: `oci://ghcr.io/prometheus-community/charts/${NAME}`,
          version: VERSIONS.charts[NAME],
        },
        namespace: NAMESPACES.system,
        values: {
          ...OF_EKS,
          // It wants the node's file system, which the namespace does not allow; the kubelet's own figures are enough.
          nodeExporter: off(),
          alertmanager: off(),
          prometheusOperator: {
            // Its certificates come from hooks that run at each change; the objects are the platform's own.
            admissionWebhooks: off(),
            tls: off(),
            tolerations: ON_SYSTEM_NODES,
          },
          prometheus: {
            prometheusSpec: {
              retention: "7d",
              priorityClassName: PRIORITIES.platform,
              tolerations: ON_SYSTEM_NODES,
              // Monitors of every namespace, not only this chart's.
              serviceMonitorSelectorNilUsesHelmValues: false,
              podMonitorSelectorNilUsesHelmValues: false,
              storageSpec: {
                volumeClaimTemplate: {
                  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "50Gi" } } },
                },
              },
            },
          },
        },
      },
    ],
    objects: [],
  }),
};

function off() {
  return { enabled: false };
}
