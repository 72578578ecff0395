import type { Nodes } from "./nodes.js";

/** Nodes of several kinds side by side. */
export function together(kinds: readonly Nodes[]): Nodes {
  const all = async (step: (nodes: Nodes) => Promise<void>): Promise<void> => {
    await Promise.all(kinds.map(step));
  };
  return {
    describe() {
      const told = kinds.map((nodes) => nodes.describe());
      const gateway = told.find((one) => one.gateway !== undefined)?.gateway;
      return {
        counts: Object.assign({}, ...told.map(({ counts }) => counts)) as (typeof told)[number]["counts"],
        limits: [...new Set(told.flatMap(({ limits }) => limits))],
        ...(gateway === undefined ? {} : { gateway }),
      };
    },
    prepare: () => all((nodes) => nodes.prepare()),
    start: () => all((nodes) => nodes.start()),
    async health() {
      const ready = await Promise.all(kinds.map((nodes) => nodes.health()));
      return ready.reduce((sum, count) => sum + count, 0);
    },
    stop: () => all((nodes) => nodes.stop()),
    cleanUp: () => all((nodes) => nodes.cleanUp()),
  };
}
