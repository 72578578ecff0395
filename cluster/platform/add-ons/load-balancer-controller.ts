import { clusterName, PRIORITIES } from "../../../naming.js";
import { VERSIONS } from "../../../versions.js";
import { clusterTags } from "../../aws/plan/tags.js";
import type { AddOn } from "./add-on.js";
import { ADD_ON_NAMESPACES, ON_SYSTEM_NODES, resources } from "./common.js";

const NAME = "aws-load-balancer-controller";

/** Makes the gateway's load balancer. https://kubernetes-sigs.github.io/aws-load-balancer-controller/ */
export const loadBalancerController: AddOn = {
  about: "the internal load balancer before the gateway",
  isOn: () => true,
  plan: ({ name, settings }) => ({
    charts: [
      {
        name: NAME,
        from: {
          from: "repository",
          repository: "https://aws.github.io/eks-charts",
          chart: NAME,
          version: VERSIONS.charts[NAME],
        },
        namespace: ADD_ON_NAMESPACES.platform,
        values: {
          clusterName: clusterName(name),
          // Pods cannot ask the node where they are: its metadata service answers at one hop only.
          region: settings.aws.region,
          vpcTags: { "ed8k:cluster": name },
          serviceAccount: { name: NAME },
          priorityClassName: PRIORITIES.platform,
          tolerations: ON_SYSTEM_NODES,
          resources: resources("100m", "256Mi"),
          defaultTags: clusterTags(settings),
          // Routes are the gateway's; nothing is to ask for a load balancer of its own.
          createIngressClassResource: false,
          ingressClassParams: { create: false },
          // It would stand in the way of every Service of the cluster while the controller is away.
          enableServiceMutatorWebhook: false,
        },
      },
    ],
    objects: [],
  }),
};
