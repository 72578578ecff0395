import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { PlannedObjects } from "../environments/objects.js";
import type { PlannedObject } from "../environments/plan/types.js";

export interface ClusterArgs {
  /** What the cluster runs for all environments. */
  readonly platform: readonly PlannedObject[];
  /** Reaches the cluster. */
  readonly provider: kubernetes.Provider;
}

/** A shared cluster on which environments live. */
export class Cluster extends pulumi.ComponentResource {
  constructor(name: string, { platform, provider }: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:cluster:Cluster", name, {}, opts);
    new PlannedObjects({ provider }).register(platform, this);
    this.registerOutputs({});
  }
}
