import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { PlannedObjects } from "./objects.js";
import type { EnvironmentPlan, GeneratedSecret } from "./plan/types.js";
import { Release } from "./release.js";

export interface EnvironmentArgs {
  /** What the environment is made of; nothing else is registered. */
  readonly plan: EnvironmentPlan;
  /** Reaches the cluster that the environment runs on. */
  readonly provider: kubernetes.Provider;
}

/** One developer's isolated copy of the platform: a namespace with its rules, and the chosen services in it. */
export class Environment extends pulumi.ComponentResource {
  constructor(name: string, { plan, provider }: EnvironmentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:environments:Environment", name, {}, opts);
    const secrets = Object.fromEntries(plan.secrets.map((secret) => [secret.name, this.#password(secret)]));
    const [namespace] = plan.tenancy;
    if (namespace === undefined) throw new pulumi.ResourceError("The plan has no Namespace", this);
    const first = plan.tenancy.map(({ id }) => id);
    const objects = new PlannedObjects({ provider, secrets, namespace: namespace.id, first });
    objects.register(plan.tenancy, this);
    for (const service of plan.services) {
      new Release(service.name, { service, objects }, { parent: this });
    }
    this.registerOutputs({});
  }

  #password({ name, length }: GeneratedSecret): pulumi.Output<string> {
    return new random.RandomPassword(name, { length, special: false }, { parent: this }).result;
  }
}
