import { clusterName, clusterPartName, PRIORITIES } from "../../../naming.js";
import { VERSIONS } from "../../../versions.js";
import type { AddOn } from "./add-on.js";
import { ADD_ON_NAMESPACES, ON_SYSTEM_NODES, resources } from "./common.js";
import { nodePools } from "./node-pools.js";

/** Of EKS Pod Identity's association too, which gives it its role. */
const SERVICE_ACCOUNT = "karpenter";

/** Makes nodes when pods wait for one, and takes them away. https://karpenter.sh/docs/ */
export const karpenter: AddOn = {
  about: "nodes as the environments need them: spot first, fewer at night",
  isOn: () => true,
  plan: (config) => ({
    charts: [
      {
        name: "karpenter-crd",
        from: chart("karpenter-crd"),
        namespace: ADD_ON_NAMESPACES.platform,
        values: {},
      },
      {
        name: "karpenter",
        from: chart("karpenter"),
        namespace: ADD_ON_NAMESPACES.platform,
        values: {
          serviceAccount: { name: SERVICE_ACCOUNT },
          priorityClassName: PRIORITIES.platform,
          tolerations: ON_SYSTEM_NODES,
          // Two system nodes may be in one zone.
          topologySpreadConstraints: [
            { maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway" },
          ],
          controller: { resources: resources("250m", "1Gi") },
          settings: {
            clusterName: clusterName(config.name),
            interruptionQueue: clusterPartName(config.name, "karpenter"),
            eksControlPlane: true,
            // A pod that fits few instance types gets one of those all the same.
            minValuesPolicy: "BestEffort",
            featureGates: { spotToSpotConsolidation: true },
          },
        },
      },
    ],
    objects: nodePools(config.settings),
  }),
};

function chart(name: "karpenter" | "karpenter-crd") {
  return { from: "oci", chart: `oci://public.ecr.aws/karpenter/${name}`, version: VERSIONS.charts[name] } as const;
}
