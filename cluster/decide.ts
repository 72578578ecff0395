import type { ClusterConfig } from "../config.js";
import type { PlannedObject } from "../environments/plan/types.js";
import type { KubeClient } from "../kube/client.js";
import { readUid, readVersion } from "./identity.js";
import type { ClusterFacts } from "./outputs.js";
import { KAFKA_BOOTSTRAP } from "./platform/kafka.js";
import { gatewayOf } from "./platform/add-ons/gateway-of.js";
import { planPlatform } from "./platform/plan.js";

/** What a cluster stack consists of. */
export interface ClusterPlan {
  readonly facts: ClusterFacts;
  readonly platform: readonly PlannedObject[];
}

/**
 * Looks at a cluster that is already there, and decides what it is to run for all environments.
 * @param client reaches it in the context that the config names
 * @throws UserError when it cannot be reached
 */
export async function decideCluster(config: ClusterConfig, client: KubeClient): Promise<ClusterPlan> {
  const [uid, kubernetesVersion] = await Promise.all([readUid(client), readVersion(client)]);
  return planCluster(config, { uid, kubernetesVersion });
}

/** The plan of a cluster stack, from its config and what the cluster says of itself. */
export function planCluster(config: ClusterConfig, seen: Pick<ClusterFacts, "uid" | "kubernetesVersion">): ClusterPlan {
  return { facts: { ...configFacts(config), ...seen }, platform: planPlatform(config) };
}

/** What environments are to know of a cluster by its config alone. */
export function configFacts(config: ClusterConfig): Omit<ClusterFacts, "uid" | "kubernetesVersion" | "aws"> {
  const { name, context, domain, ingressClass, allowedRegistries, environmentsPerOwner } = config;
  const { images, ingressPort, secretsProvider } = config;
  const gateway = gatewayOf(config);
  return {
    ...{ name, context, domain, ingressClass, allowedRegistries, environmentsPerOwner },
    ...{ images, ingressPort, secretsProvider, kafkaBootstrap: KAFKA_BOOTSTRAP },
    ...(gateway === undefined ? {} : { gateway }),
  };
}
