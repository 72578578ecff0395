import { UserError } from "../../../../errors.js";
import type { Data } from "../kind.js";

/**
 * Refuses what the sandbox does not have inside an input, so that nothing is left out in silence.
 * @param where the input's name, as it stands in the message
 * @throws UserError for a name that is not among the known ones
 */
export function refuseUnknown(where: string, value: unknown, known: readonly string[]): void {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const item of items) {
    const strange = Object.keys((item ?? {}) as Data).find((name) => !known.includes(name));
    if (strange !== undefined) {
      throw new UserError(`${where}.${strange} is not supported by the sandbox; supported are ${known.join(", ")}`);
    }
  }
}

/** The same without fields that are `undefined`: types of AWS' SDK keep "not given" and "undefined" apart. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

type Given<T> = { [Name in keyof T]: Exclude<T[Name], undefined> };
