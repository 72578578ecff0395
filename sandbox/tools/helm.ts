import type { Work } from "./cache.js";
import { resolveTool } from "./resolve.js";

/**
 * The path of a helm 4 with which charts are rendered. On Linux (amd64) it needs neither Go nor network: an npm
 * package carries it. Any other machine without helm on PATH builds it once.
 * @throws UserError when there is none and it cannot be built
 */
export function resolveHelm(work?: Work): Promise<string> {
  return resolveTool("helm", work);
}
