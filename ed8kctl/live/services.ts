import { UserError } from "../../errors.js";
import { suggest } from "../../suggest.js";
import type { LiveEnvironment } from "./list.js";

/** Names of what an environment runs. */
export function serviceNames({ summary }: LiveEnvironment): readonly string[] {
  return (summary?.services ?? []).map(({ name }) => name);
}

/** @throws UserError (notFound) with a suggestion when the environment does not run one of `wanted` */
export function requireServices(environment: LiveEnvironment, wanted: readonly string[]): void {
  const names = serviceNames(environment);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing === undefined) return;
  const near = suggest(missing, names);
  const running = names.length === 0 ? "nothing" : names.join(", ");
  throw new UserError(`${environment.name} does not run "${missing}"; it runs ${running}`, {
    exit: "notFound",
    hint: near === undefined ? `ed8kctl start ${environment.name} ${missing} adds it` : `did you mean ${near}?`,
  });
}

/** Every environment has it, unless its catalogue is another one. */
const TOOLBOX = "toolbox";

/**
 * The service that is meant where none is named: the toolbox, or the only one.
 * @param verb for the hint
 * @throws UserError (usage) when it is not plain which one
 */
export function defaultService(environment: LiveEnvironment, verb: string): string {
  const names = serviceNames(environment);
  const chosen = names.includes(TOOLBOX) ? TOOLBOX : names.length === 1 ? names[0] : undefined;
  if (chosen !== undefined) return chosen;
  throw new UserError(`which service of ${environment.name}? It runs ${names.join(", ") || "nothing"}`, {
    exit: "usage",
    hint: `ed8kctl ${verb} ${environment.name} SERVICE`,
  });
}
