import type { ClusterConfig } from "../../config.js";
import type { PlannedObject } from "../../environments/plan/types.js";
import { hostsPolicy } from "./admission/hosts.js";
import { labelsPolicy } from "./admission/labels.js";
import { namespacesPolicy } from "./admission/namespaces.js";
import { podsPolicy } from "./admission/pods.js";
import { servicesPolicy } from "./admission/services.js";
import { writersPolicy } from "./admission/writers.js";
import { KAFKA_PORT, sharedKafka } from "./kafka.js";
import { priorityClasses } from "./priority-classes.js";
import { roles } from "./roles.js";
import { sharedNamespaces } from "./shared-namespaces.js";

/** What the cluster runs for all environments: every object that a cluster stack registers, in order. */
export function planPlatform(config: ClusterConfig): readonly PlannedObject[] {
  const priorities = priorityClasses();
  const shared = sharedNamespaces(KAFKA_PORT);
  return [
    ...priorities,
    ...roles(),
    ...shared,
    ...sharedKafka([...priorities, ...shared].map(({ id }) => id)),
    ...writersPolicy(),
    ...labelsPolicy(),
    ...namespacesPolicy(),
    ...servicesPolicy(),
    ...podsPolicy(config.allowedRegistries),
    ...hostsPolicy(config.domain),
  ];
}
