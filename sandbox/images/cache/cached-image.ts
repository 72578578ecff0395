import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageDefinition } from "../definition.js";

/** An image that is ready to be imported. */
export interface BuiltImage {
  readonly reference: string;
  /** The path of an OCI archive. */
  readonly archive: string;
  /** Of the manifest, `sha256:` and digits: changes when anything in the image does. */
  readonly digest: string;
}

/** An image, and the folder of the cache that it has or will have. */
export interface CachedImage {
  readonly definition: ImageDefinition;
  readonly folder: string;
}

/** Files in an image's folder. */
export const ARCHIVE = "image.tar";
export const DIGEST = "digest";

export function isBuilt({ folder }: CachedImage): boolean {
  return [ARCHIVE, DIGEST].every((file) => existsSync(join(folder, file)));
}

export function builtImage({ definition, folder }: CachedImage): BuiltImage {
  const digest = readFileSync(join(folder, DIGEST), "utf8");
  return { reference: definition.reference, archive: join(folder, ARCHIVE), digest };
}
