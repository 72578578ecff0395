import assert from "node:assert/strict";
import { KubeError } from "../../../kube/errors.js";

/** How the API server answers: done, or why not. */
export async function outcome(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "done";
  } catch (error) {
    if (error instanceof KubeError) return `${error.status} ${error.message}`;
    throw error;
  }
}

/** What RBAC was told takes a moment to be seen by the API server. */
export async function eventually(attempt: () => Promise<string>, words: RegExp): Promise<void> {
  let seen = "";
  for (const deadline = Date.now() + 20_000; Date.now() < deadline && !words.test(seen);) seen = await attempt();
  assert.match(seen, words);
}
