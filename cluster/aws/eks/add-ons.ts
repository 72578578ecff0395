import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { eksAddOnVersion, type EksAddOn } from "../../../versions.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";

/** When an add-on can be made: nodes without the first ones are never ready, and the others wait for a node. */
const STAGES = {
  beforeNodes: ["vpc-cni", "kube-proxy", "eks-pod-identity-agent"],
  afterNodes: ["coredns", "metrics-server", "snapshot-controller", "aws-ebs-csi-driver"],
} as const satisfies Readonly<Record<string, readonly EksAddOn[]>>;

export interface AddOnsArgs {
  readonly plan: AwsPlan;
  readonly clusterName: pulumi.Input<string>;
  readonly stage: keyof typeof STAGES;
}

/** What nothing else may run on: the system nodes, which are all that is there at night. */
const ON_SYSTEM_NODES = { tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }] };

/** Add-ons' settings as their own schemas have them; those that are not here run on every node as they are. */
const SETTINGS: Readonly<Partial<Record<EksAddOn, object>>> = {
  "vpc-cni": {
    // What keeps environments apart from each other on the network.
    enableNetworkPolicy: "true",
    // Without prefixes a node has addresses for a few pods only.
    env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
  },
  "metrics-server": ON_SYSTEM_NODES,
  "snapshot-controller": ON_SYSTEM_NODES,
};

/**
 * Some of the add-ons that EKS keeps, at pinned versions. Not `eks.Addon` and `eks.VpcCniAddon` of @pulumi/eks 4.3: what
 * they declare as tags (a list) is not what they hand on (a mapping).
 */
export class AddOns extends pulumi.ComponentResource {
  constructor(name: string, { plan, clusterName, stage }: AddOnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:AddOns", name, {}, opts);
    const { settings } = plan;
    for (const addOn of STAGES[stage]) {
      const values = SETTINGS[addOn];
      new aws.eks.Addon(
        addOn,
        {
          clusterName,
          addonName: addOn,
          addonVersion: eksAddOnVersion(addOn, settings.eks.version),
          ...(values === undefined ? {} : { configurationValues: JSON.stringify(values) }),
          // A new cluster comes with some of them, which nobody keeps up to date.
          resolveConflictsOnCreate: "OVERWRITE",
          resolveConflictsOnUpdate: "OVERWRITE",
          tags: clusterTags(settings),
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
