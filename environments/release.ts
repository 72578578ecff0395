import * as pulumi from "@pulumi/pulumi";
import type { PlannedObjects } from "./objects.js";
import type { PlannedService } from "./plan/types.js";

export interface ReleaseArgs {
  readonly service: PlannedService;
  /** Where the environment's objects are registered, so that services can come after one another. */
  readonly objects: PlannedObjects;
}

/** One service in an environment: what its claims and its chart ask for, each as one resource. */
export class Release extends pulumi.ComponentResource {
  constructor(name: string, { service, objects }: ReleaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:environments:Release", name, {}, opts);
    objects.register(service.objects, this);
    this.registerOutputs({});
  }
}
