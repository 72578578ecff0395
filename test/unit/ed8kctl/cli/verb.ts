import type { Command } from "../../../../ed8kctl/command.js";

/** A verb that does nothing. */
export function verb(changes: Partial<Command>): Command {
  return {
    name: "verb",
    summary: "Do nothing",
    group: "everyday",
    args: [],
    options: [],
    examples: [],
    run: () => Promise.resolve(),
    ...changes,
  };
}
