import { UserError } from "../../errors.js";

/** What is to be reached, as it was typed. */
export interface Wanted {
  /** A service of the environment, or the name of a Kubernetes Service. */
  readonly wanted: string;
  /** Its port's name or number. @default the first */
  readonly port: string | undefined;
  /** The port of this machine. @default the same number, or the next free one */
  readonly local: number | undefined;
}

/**
 * Reads `fxsuite 8080 bos:http`: a number is the local port of what stands before it.
 * @throws UserError (usage) when a word is neither, or a local port is given twice
 */
export function parseForwards(words: readonly string[]): readonly Wanted[] {
  const found: Wanted[] = [];
  for (const word of words) {
    const last = found.at(-1);
    if (!/^[-0-9]/.test(word)) {
      found.push({ ...parseEndpoint(word), local: undefined });
    } else if (last === undefined || last.local !== undefined) {
      throw new UserError(`the local port ${word} stands behind no service`, { exit: "usage", hint: EXAMPLE });
    } else {
      found.splice(-1, 1, { ...last, local: parseLocal(word) });
    }
  }
  const locals = found.flatMap(({ local }) => local ?? []);
  const twice = locals.find((local, index) => locals.indexOf(local) !== index);
  if (twice !== undefined) throw new UserError(`the local port ${twice} is given twice`, { exit: "usage" });
  return found;
}

const EXAMPLE = "as in ed8kctl forward alice fxsuite:http 8080 bos--db 5432";

function parseEndpoint(text: string): Pick<Wanted, "wanted" | "port"> {
  const match = /^([^:]+)(?::([^:]+))?$/.exec(text);
  if (match?.[1] !== undefined) return { wanted: match[1], port: match[2] };
  throw new UserError(`"${text}" is neither SERVICE nor SERVICE:PORT`, { exit: "usage", hint: EXAMPLE });
}

function parseLocal(text: string): number {
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UserError(`"${text}" is no port of this machine: a whole number from 1 to 65535`, { exit: "usage" });
}
