import type { Data } from "../kind.js";
import { nameOf } from "../wait.js";
import { isOwn } from "./inputs.js";

export interface Creation {
  /** AWS' codes for a name that is taken. */
  readonly taken: readonly string[];
  /** The inputs that it is made with; not what is set once it is there. */
  readonly inputs: Data;
  /** Makes it and gives its id. */
  readonly make: () => Promise<string>;
  /** What has the name; `undefined` when it is gone meanwhile. */
  readonly find: () => Promise<{ readonly id: string; readonly live: Data | undefined } | undefined>;
}

/**
 * Makes something that has a name of its own, also when an earlier try made it and its answer was lost on the way. What
 * has the name and is not that stays refused.
 */
export async function createOnce({ taken, inputs, make, find }: Creation): Promise<string> {
  try {
    return await make();
  } catch (error) {
    const found = taken.includes(nameOf(error)) ? await find() : undefined;
    if (found?.live === undefined || !isOwn(inputs, found.live)) throw error;
    return found.id;
  }
}
