import { z } from "zod";
import { serviceSchema } from "./service.js";

/** Where the schema is kept, relative to the checkout; `npm run generate` writes it. */
export const SCHEMA_FILE = "docs/ed8k.schema.json";

/** JSON Schema of `ed8k.yaml`, for editors: in draft 7, which yaml-language-server knows best. */
export function serviceJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(serviceSchema, { io: "input", target: "draft-7" });
  return {
    $schema,
    $id: "https://ed8k.dev/v1/ed8k.schema.json",
    title: "ed8k.yaml",
    description: "A service of ED8K: what its chart needs and how it is reached. See docs/services.md",
    ...schema,
  };
}
