import { z } from "zod";

/** Pulumi hands lists and objects on as JSON text; everything else is a string. */
export function fromText(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** A whole number; a key's own value comes as text, one within an object as a number or, set by hand, as text. */
export function wholeNumber(least: number, most: number) {
  const message = `is not allowed; it is a whole number from ${least} to ${most}`;
  return z.preprocess(
    (value) => (typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value),
    z.custom<number>((value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most, message),
  );
}

/** True or false, as text or as such. */
export function flag() {
  return z.preprocess((value) => (value === "true" ? true : value === "false" ? false : value), z.boolean());
}

/** Text that looks like a number (`1.36`), which YAML without quotes makes one. */
export function numberLike<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (typeof value === "number" ? String(value) : value), schema);
}

/**
 * A key's default as the engine hands it on; empty where there is none. That of a nested object is the empty object, for
 * what is within it has defaults of its own.
 */
export function defaultText(schema: z.core.$ZodType | undefined): string {
  const definition = definitionOf(schema);
  if (definition?.type !== "default" && definition?.type !== "prefault") return "";
  const { defaultValue } = definition as z.core.$ZodDefaultDef;
  return typeof defaultValue === "string" ? defaultValue : JSON.stringify(defaultValue);
}

/** The keys of the object schema at a path. */
export function shapeAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): z.core.$ZodShape {
  const at = path.reduce<z.core.$ZodType | undefined>((outer, step) => inner(outer, step), schema);
  const bare = unwrapped(at);
  return bare?.type === "object" ? (bare as z.core.$ZodObjectDef).shape : {};
}

function inner(schema: z.core.$ZodType | undefined, step: PropertyKey): z.core.$ZodType | undefined {
  const definition = unwrapped(schema);
  if (definition?.type === "object") return (definition as z.core.$ZodObjectDef).shape[String(step)];
  if (definition?.type === "array") return (definition as z.core.$ZodArrayDef).element;
  if (definition?.type === "record") return (definition as z.core.$ZodRecordDef).valueType;
  return undefined;
}

/** A schema without its defaults and `readonly`. */
function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodTypeDef | undefined {
  const definition = definitionOf(schema);
  if (definition === undefined || !("innerType" in definition)) return definition;
  return unwrapped((definition as z.core.$ZodReadonlyDef).innerType);
}

function definitionOf(schema: z.core.$ZodType | undefined): z.core.$ZodTypeDef | undefined {
  return schema?._zod.def;
}
