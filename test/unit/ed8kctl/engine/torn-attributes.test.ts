import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CliFailure } from "../../../../ed8kctl/engine/cli.js";
import { removeTornAttributes } from "../../../../ed8kctl/engine/torn-attributes.js";

const failed = (stderr: string): CliFailure => new CliFailure("stack export", { stdout: "", stderr, code: 255 });

describe("attributes that an engine was killed in writing", () => {
  const before = process.env["PULUMI_BACKEND_URL"];
  const folder = mkdtempSync(join(tmpdir(), "ed8k-torn-"));
  const attributes = join(folder, ".pulumi", "stacks", "ed8k", "alice.json.attrs");
  const torn = failed("error: failed to load checkpoint: EOF");
  beforeEach(() => {
    process.env["PULUMI_BACKEND_URL"] = `file://${folder}`;
    mkdirSync(join(attributes, ".."), { recursive: true });
  });
  after(() => {
    if (before === undefined) Reflect.deleteProperty(process.env, "PULUMI_BACKEND_URL");
    else process.env["PULUMI_BACKEND_URL"] = before;
    rmSync(folder, { recursive: true });
  });

  it("are removed, and what failed is tried again", () => {
    writeFileSync(attributes, "");
    assert.equal(removeTornAttributes("alice", torn), true);
    assert.equal(existsSync(attributes), false);
  });

  it("may have been removed by a call beside: what failed is tried again all the same", () => {
    assert.equal(removeTornAttributes("alice", torn), true);
  });

  it("stay when they are whole", () => {
    writeFileSync(attributes, "{}");
    removeTornAttributes("alice", torn);
    assert.equal(existsSync(attributes), true);
    rmSync(attributes);
  });

  it("are not looked for after another failure, or in a bucket", () => {
    writeFileSync(attributes, "");
    assert.equal(removeTornAttributes("alice", failed("error: no stack named 'alice' found")), false);
    process.env["PULUMI_BACKEND_URL"] = "s3://bucket";
    assert.equal(removeTornAttributes("alice", torn), false);
    assert.equal(existsSync(attributes), true);
  });
});
