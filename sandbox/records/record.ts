import type { z } from "zod";
import { UserError } from "../../errors.js";
import { readIfThere } from "../machine/files.js";

/**
 * Reads a JSON file that the sandbox keeps about itself; `undefined` when it is not there.
 * @throws UserError when it is damaged or from another version of ED8K
 */
export function readRecord<T>(file: string, schema: z.ZodType<T>): T | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError(`${file} was not written by this version of ED8K, or is damaged`, {
    hint: "ed8kctl sandbox down removes the sandbox, ed8kctl sandbox up makes a new one",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
