import { UserError } from "../../../errors.js";
import { readIfThere, writeAtomically } from "../../machine/files.js";

/** What one service of the front remembers. It is on the disk before the change is answered. */
export interface Store<T> {
  readonly data: T;
  /** Writes the data down; called after every change of it. */
  save(): void;
}

/**
 * Opens what is kept in a file of JSON.
 * @param empty what there is at first
 * @throws UserError when the file is damaged
 */
export function openStore<T>(file: string, empty: T): Store<T> {
  const data = parse<T>(file) ?? empty;
  return { data, save: () => writeAtomically(file, JSON.stringify(data)) };
}

function parse<T>(file: string): T | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new UserError(`${file} is damaged`, {
      hint: "ed8kctl sandbox down removes the sandbox, ed8kctl sandbox up makes a new one",
      cause: error,
    });
  }
}
