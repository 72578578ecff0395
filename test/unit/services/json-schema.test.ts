import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { CLAIM_TYPES } from "../../../services/claims.js";
import { SCHEMA_FILE, serviceJsonSchema } from "../../../services/json-schema.js";

const SERVICES = join(checkoutRoot(), "services");

describe("the JSON Schema of ed8k.yaml", () => {
  const validate = new Ajv({ strict: false }).compile(serviceJsonSchema());
  const base = { apiVersion: "ed8k.dev/v1", kind: "Service", metadata: { name: "a", owner: "team" } };

  it("is the one in docs (else: npm run generate) [row 64]", () => {
    assert.deepEqual(JSON.parse(readFileSync(join(checkoutRoot(), SCHEMA_FILE), "utf8")), serviceJsonSchema());
  });

  it("accepts every ed8k.yaml here, each of which names the schema [row 10]", () => {
    const files = readdirSync(SERVICES)
      .map((name) => join(SERVICES, name, "ed8k.yaml"))
      .filter((file) => existsSync(file));
    assert.equal(files.length, 5);
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      assert.equal(text.split("\n")[0], "# yaml-language-server: $schema=../../docs/ed8k.schema.json");
      assert.equal(validate(parse(text)), true, file);
    }
  });

  it("accepts each kind of claim without params, but a table only with its key [row 14]", () => {
    const accepted = CLAIM_TYPES.filter((type) => validate({ ...base, resources: { x: { type } } }));
    assert.deepEqual(
      accepted,
      CLAIM_TYPES.filter((type) => type !== "dynamodb-table"),
    );
    const params = { hashKey: { name: "id", type: "S" } };
    assert.equal(validate({ ...base, resources: { x: { type: "dynamodb-table", params } } }), true);
  });

  for (const [what, wrong] of [
    ["an unknown key", { depends: [] }],
    ["an unknown type", { resources: { x: { type: "mysql" } } }],
    ["a param of another type", { resources: { x: { type: "redis", params: { size: "s" } } } }],
    ["a bad name", { metadata: { name: "A", owner: "team" } }],
    ["a number as a variable", { variables: { PORT: 8080 } }],
  ] as const) {
    it(`refuses ${what}`, () => {
      assert.equal(validate({ ...base, ...wrong }), false);
    });
  }
});
