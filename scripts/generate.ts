import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { checkoutRoot } from "../sandbox/paths.js";
import { withMade } from "../sandbox/docs-page.js";
import { SCHEMA_FILE, serviceJsonSchema } from "../services/json-schema.js";

/** Writes what the docs take from the code: `npm run generate`. Tests tell when it was forgotten. */
await write(SCHEMA_FILE, "json", () => JSON.stringify(serviceJsonSchema()));
await write("docs/sandbox.md", "markdown", withMade);

async function write(name: string, parser: string, make: (before: string) => string): Promise<void> {
  const file = join(checkoutRoot(), name);
  const before = await readFile(file, "utf8");
  const after = await format(make(before), { ...(await resolveConfig(file)), parser });
  await writeFile(file, after);
  console.log(`${name}: ${after === before ? "was up to date" : "is written"}`);
}
