import type { AwsKind } from "../../kind.js";
import { rolePolicyAttachment } from "./role-policy-attachment.js";
import { rolePolicy } from "./role-policy.js";
import { role } from "./role.js";

/** Roles and what they may do. */
export const kinds: readonly AwsKind[] = [role, rolePolicy, rolePolicyAttachment];
