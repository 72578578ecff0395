import type { AwsKind } from "../../kind.js";
import { bucketEncryption } from "./encryption.js";
import { bucketLifecycle } from "./lifecycle.js";
import { bucketPolicy } from "./policy.js";
import { bucketPublicAccessBlock } from "./public-access-block.js";
import { bucketVersioning } from "./versioning.js";
import { bucket } from "./bucket.js";

export const kinds: readonly AwsKind[] = [
  bucket,
  bucketPublicAccessBlock,
  bucketEncryption,
  bucketVersioning,
  bucketLifecycle,
  bucketPolicy,
];
