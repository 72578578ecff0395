import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { checkoutRoot } from "../sandbox/paths.js";
import { SCHEMA_FILE, serviceJsonSchema } from "../services/json-schema.js";

const file = join(checkoutRoot(), SCHEMA_FILE);
const style = await resolveConfig(file);
await writeFile(file, await format(JSON.stringify(serviceJsonSchema()), { ...style, parser: "json" }));
console.log(`${SCHEMA_FILE} is written`);
