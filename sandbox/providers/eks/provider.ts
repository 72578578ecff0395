import type { ComponentResourceOptions, Inputs } from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider/index.js";
import { UserError } from "../../../errors.js";
import { VERSIONS } from "../../../versions.js";
import { refuseUnsupported } from "./check.js";
import { Cluster, CLUSTER_TYPE } from "./cluster.js";

/**
 * The stand-in for the published eks provider: makes of a cluster component what that makes of it, for the inputs that the
 * cluster stack gives.
 */
export function createEksProvider(): Provider {
  return {
    version: VERSIONS.plugins.eks,
    getSchema: () => Promise.resolve(JSON.stringify({ name: "eks", version: VERSIONS.plugins.eks })),
    // In a promise, so that what is refused at once takes the way of all that fails.
    construct: (...[name, type, inputs, options]) =>
      Promise.resolve().then(() => construct({ name, type, inputs }, options)),
  };
}

interface Component {
  readonly name: string;
  readonly type: string;
  readonly inputs: Inputs;
}

function construct({ name, type, inputs }: Component, options: ComponentResourceOptions): ConstructResult {
  if (type !== CLUSTER_TYPE) {
    throw new UserError(`${type} is not supported by the sandbox's eks provider; supported is ${CLUSTER_TYPE}`);
  }
  refuseUnsupported(inputs);
  const cluster = new Cluster(name, inputs, options);
  return { urn: cluster.urn, state: cluster.outputs };
}
