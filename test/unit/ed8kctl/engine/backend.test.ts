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
    const told = (PULUMI_BACKEND_URL: string): string => backendUrl({ PULUMI_BACKEND_URL });
    assert.equal(told("postgres://ed8k:canary@db:5432/state"), "postgres://ed8k@db:5432/state");
    assert.equal(told("https://:canary@host"), "https://@host");
    for (const plain of ["s3://bucket?region=eu-west-1", "file:///a:b@c/d", "https://host:8080/a:b@c", "file://~"]) {
      assert.equal(told(plain), plain);
    }
  });
});
