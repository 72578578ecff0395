import { rewriteImage, type ImageRule } from "../bend/images.js";

/** What a claim is served by on this cluster, and what the user should know of it. */
export interface ClaimImage {
  readonly image: string;
  readonly notes: readonly string[];
}

/** The image as the cluster's rules say it (`ed8k:images`); another one than usual may be of another version. @param what is told to run it */
export function claimImage(what: string, image: string, rules: readonly ImageRule[]): ClaimImage {
  const rewritten = rewriteImage(image, rules);
  return { image: rewritten, notes: rewritten === image ? [] : [`${what} runs ${rewritten} instead of ${image}`] };
}
