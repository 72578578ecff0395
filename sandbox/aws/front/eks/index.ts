import { ACCESS_ENTRIES } from "./access-entries.js";
import { ADDONS } from "./addons.js";
import { CLUSTERS } from "./clusters.js";
import { NODEGROUPS } from "./nodegroups.js";
import { POD_IDENTITY } from "./pod-identity.js";
import type { EksOperation } from "./state.js";
import { TAGS } from "./tags.js";
import { UPDATES } from "./updates.js";
import { OFFERS } from "./versions.js";

/** All that the front knows of EKS. */
export const EKS_OPERATIONS: readonly EksOperation[] = [
  ...CLUSTERS,
  ...UPDATES,
  ...NODEGROUPS,
  ...ADDONS,
  ...ACCESS_ENTRIES,
  ...POD_IDENTITY,
  ...OFFERS,
  ...TAGS,
];
