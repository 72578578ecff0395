import type { ClusterConfig } from "../../config.js";
import type { PlannedObject } from "../../environments/plan/types.js";
import { inDataPool } from "./add-ons/common.js";
import { gatewayOf } from "./add-ons/gateway-of.js";
import { hostsPolicy } from "./admission/hosts.js";
import { labelsPolicy } from "./admission/labels.js";
import { namespacesPolicy } from "./admission/namespaces.js";
import { podsPolicy } from "./admission/pods.js";
import { servicesPolicy } from "./admission/services.js";
import { topicRemovalPolicy } from "./admission/topic-removal.js";
import { elsewherePolicy, wallsPolicy } from "./admission/walls.js";
import { writersPolicy } from "./admission/writers.js";
import { BROKER, KAFKA_PORT, sharedKafka } from "./kafka.js";
import { priorityClasses } from "./priority-classes.js";
import { roles, topicRemovers } from "./roles.js";
import { SHARED_NAMESPACE, sharedNamespaces } from "./shared-namespaces.js";

/** What would take all topics with it. */
const KEEPS_TOPICS: readonly string[] = [SHARED_NAMESPACE, BROKER];

/**
 * What the cluster runs for all environments: every object that a cluster stack registers, in order. On a cluster that
 * the stack has made itself, where `ed8k:platform: false` says to run none of it, what keeps topics is protected.
 */
export function planPlatform(config: ClusterConfig): readonly PlannedObject[] {
  const objects = platformObjects(config);
  if (config.provider !== "eks") return objects;
  return objects.map((object) => (KEEPS_TOPICS.includes(object.id) ? { ...object, protect: true } : object));
}

function platformObjects(config: ClusterConfig): readonly PlannedObject[] {
  const priorities = priorityClasses();
  const gateway = gatewayOf(config);
  const shared = sharedNamespaces(KAFKA_PORT);
  const policies = [
    ...writersPolicy(),
    ...labelsPolicy(),
    ...namespacesPolicy(),
    ...wallsPolicy(KAFKA_PORT, { gateway, addOns: config.provider === "eks" }),
    ...elsewherePolicy(),
    ...topicRemovalPolicy(config.images),
    ...servicesPolicy(),
    ...podsPolicy(config.allowedRegistries),
    ...hostsPolicy(config.domain, gateway),
  ];
  // Rights come after what keeps them within bounds.
  const given = [...roles(), ...topicRemovers(shared.map(({ id }) => id))].map((object) => ({
    ...object,
    after: [...policies.map(({ id }) => id), ...object.after],
  }));
  return [
    ...priorities,
    ...shared,
    ...sharedKafka(
      [...priorities, ...shared].map(({ id }) => id),
      { images: config.images, placement: config.provider === "eks" ? inDataPool() : {} },
    ),
    ...policies,
    ...given,
  ];
}
