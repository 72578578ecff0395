import { UserError } from "../../../errors.js";
import type { NodesSettings } from "../../records/settings.js";

/** Which nodes a sandbox has. */
export type NodesSpec = Pick<NodesSettings, "real" | "simulated">;

const DEFAULT_SIMULATED = 3;
const MOST_SIMULATED = 200;

/** What is made where no real node can be, or is wanted. */
export const SIMULATED_ONLY: NodesSpec = { real: false, simulated: DEFAULT_SIMULATED };
export const REAL_ONLY: NodesSpec = { real: true, simulated: 0 };

/**
 * Reads `real`, `simulated`, a number of simulated nodes, or `real,` and a number.
 * @throws UserError (exit `usage`) with what is allowed
 */
export function parseNodes(text: string): NodesSpec {
  if (text === "real") return REAL_ONLY;
  if (text === "simulated") return SIMULATED_ONLY;
  const [, real, digits] = /^(real,)?([0-9]{1,9})$/.exec(text) ?? [];
  const simulated = Number(digits ?? Number.NaN);
  if (simulated >= 1 && simulated <= MOST_SIMULATED) return { real: real !== undefined, simulated };
  throw new UserError(
    `--nodes is "${text}", but must be real, simulated, a number of simulated nodes from 1 to ${MOST_SIMULATED}, or both as in real,2`,
    { exit: "usage" },
  );
}

/** For messages, as in "1 real and 2 simulated nodes". */
export function nodesText({ real, simulated }: NodesSpec): string {
  const kinds = [...(real ? ["1 real"] : []), ...(simulated > 0 ? [`${simulated} simulated`] : [])];
  return `${kinds.join(" and ")} ${simulated > 1 ? "nodes" : "node"}`;
}
