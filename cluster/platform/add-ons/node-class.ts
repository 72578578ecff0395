import type { Manifest } from "../../../kube/manifest.js";
import { clusterName, clusterPartName } from "../../../naming.js";
import { clusterTags } from "../../aws/plan/tags.js";
import type { AwsClusterSettings } from "../../aws/settings.js";

export const NODE_CLASS = "default";

/** By this tag subnets of nodes are found. */
const DISCOVERY = "karpenter.sh/discovery";
/** https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods */
const MAX_PODS = 110;

/** What every node that Karpenter makes is made from. https://karpenter.sh/docs/concepts/nodeclasses/ */
export function nodeClass(settings: AwsClusterSettings): Manifest {
  const cluster = clusterName(settings.name);
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: NODE_CLASS },
    spec: {
      // The newest image that EKS recommends, so that nodes are patched when they are renewed.
      amiSelectorTerms: [{ alias: "al2023@latest" }],
      role: clusterPartName(settings.name, "karpenter-node"),
      subnetSelectorTerms: [{ tags: { [DISCOVERY]: cluster } }],
      // The group that EKS makes for nodes and tags itself; no tag of ours can be put on it by the stack.
      securityGroupSelectorTerms: [{ tags: { [`kubernetes.io/cluster/${cluster}`]: "owned" } }],
      // With prefixes of addresses a node has room for more pods than its type's number of addresses says.
      kubelet: { maxPods: MAX_PODS },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: "100Gi", encrypted: true, deleteOnTermination: true },
        },
      ],
      // One hop: pods do not reach the node's credentials.
      metadataOptions: {
        httpEndpoint: "enabled",
        httpProtocolIPv6: "disabled",
        httpPutResponseHopLimit: 1,
        httpTokens: "required",
      },
      tags: clusterTags(settings, `${cluster}-node`),
    },
  };
}
