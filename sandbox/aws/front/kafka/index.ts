import { CHANGES } from "./changes.js";
import { CLUSTER_OPERATIONS } from "./cluster-operations.js";
import { CLUSTERS } from "./clusters.js";
import { CONFIGURATIONS } from "./configurations.js";
import type { KafkaOperation } from "./state.js";
import { TAGS } from "./tags.js";
import { TOPICS } from "./topics.js";
import { VERSIONS } from "./versions.js";

/** All that the front knows of MSK. */
export const KAFKA_OPERATIONS: readonly KafkaOperation[] = [
  ...CLUSTERS,
  ...CHANGES,
  ...CLUSTER_OPERATIONS,
  ...CONFIGURATIONS,
  ...TOPICS,
  ...VERSIONS,
  ...TAGS,
];
