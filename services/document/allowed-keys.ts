import { z } from "zod";

/** The part of JSON Schema in which zod writes objects, records, lists and unions. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
}

/** The keys that `schema` knows at `path`; where `data` chooses between kinds of objects, those of the kind it chose. */
export function allowedKeys(schema: z.ZodType, data: unknown, path: readonly PropertyKey[]): readonly string[] {
  let at: JsonSchema | undefined = choose(z.toJSONSchema(schema, { io: "input" }) as JsonSchema, data);
  let value = data;
  for (const step of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    at = choose(below(at, step), value);
  }
  return Object.keys(at?.properties ?? {});
}

function below(schema: JsonSchema | undefined, step: PropertyKey): JsonSchema | undefined {
  const { properties, additionalProperties, items } = schema ?? {};
  if (typeof step === "number") return items;
  return properties?.[String(step)] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
}

/** The alternative whose constant properties the value has. */
function choose(schema: JsonSchema | undefined, value: unknown): JsonSchema | undefined {
  return schema?.oneOf === undefined ? schema : schema.oneOf.find((kind) => matches(kind, value));
}

function matches({ properties = {} }: JsonSchema, value: unknown): boolean {
  return Object.entries(properties).every(
    ([key, { const: constant }]) =>
      constant === undefined || (value as Record<string, unknown> | undefined)?.[key] === constant,
  );
}
