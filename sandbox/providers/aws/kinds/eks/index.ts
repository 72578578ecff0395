import type { AwsKind } from "../../kind.js";
import { accessEntry } from "./access-entry.js";
import { accessPolicyAssociation } from "./access-policy-association.js";
import { addon } from "./addon.js";
import { cluster } from "./cluster.js";
import { launchTemplate } from "./launch-template.js";
import { nodeGroup } from "./node-group.js";
import { podIdentityAssociation } from "./pod-identity-association.js";

export const kinds: readonly AwsKind[] = [
  cluster,
  addon,
  nodeGroup,
  launchTemplate,
  accessEntry,
  accessPolicyAssociation,
  podIdentityAssociation,
];
