import assert from "node:assert/strict";
import { EXIT, type ExitName } from "../../../errors.js";
import type { Ran } from "./own-cluster.js";

/** How a refusal is told. */
export interface Refusal {
  readonly exit: ExitName;
  /** Each is found in the error and its hint. */
  readonly says: readonly RegExp[];
}

/** A refused command says nothing to programs that read its output, one error to people, and ends with its own code. */
export function assertRefused({ code, stdout, stderr }: Ran, { exit, says }: Refusal): void {
  const told = stderr.slice(Math.max(0, stderr.indexOf("error: ")));
  assert.equal(stdout, "");
  assert.equal(stderr.match(/^error: /gm)?.length, 1, stderr);
  for (const pattern of says) assert.match(told, pattern);
  assert.doesNotMatch(told, /unexpected|ENOENT|\n\s+at /);
  assert.equal(code, EXIT[exit], stderr);
}
