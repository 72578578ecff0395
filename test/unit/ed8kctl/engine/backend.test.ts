import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { backendUrl } from "../../../../ed8kctl/engine/backend.js";
import { cleanUp, scratchFolder } from "../../sandbox/scratch.js";

describe("the backend", () => {
  afterEach(cleanUp);

  function loggedIn(content: string): string {
    const home = scratchFolder();
    writeFileSync(join(home, "credentials.json"), content);
    return home;
  }

  it("is the one that the environment names, before the one that was logged in to", () => {
    const PULUMI_HOME = loggedIn('{ "current": "s3://company" }');
    assert.equal(backendUrl({ PULUMI_HOME, PULUMI_BACKEND_URL: "file:///state" }), "file:///state");
    assert.equal(backendUrl({ PULUMI_HOME, PULUMI_BACKEND_URL: "" }), "s3://company");
    assert.equal(backendUrl({ PULUMI_HOME }), "s3://company");
  });

  it("is none where nobody has logged in, or what was written then cannot be read", () => {
    assert.equal(backendUrl({ PULUMI_HOME: scratchFolder() }), "");
    assert.equal(backendUrl({ PULUMI_HOME: loggedIn("{}") }), "");
    assert.equal(backendUrl({ PULUMI_HOME: loggedIn("{") }), "");
  });

  it("is told without a password, because everybody may read it on namespaces", () => {
    assert.equal(
      backendUrl({ PULUMI_BACKEND_URL: "postgres://ed8k:canary@db:5432/state" }),
      "postgres://db:5432/state",
    );
    const PULUMI_HOME = loggedIn('{ "current": "postgres://ed8k:canary@db:5432/state?sslmode=disable" }');
    assert.equal(backendUrl({ PULUMI_HOME }), "postgres://db:5432/state");
  });
});
