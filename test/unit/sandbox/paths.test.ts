import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../errors.js";
import { cacheFolder, checkoutRoot, sandboxFolder, sandboxLocks, sandboxPaths } from "../../../sandbox/paths.js";
import { cleanUp, scratchFolder } from "./scratch.js";

const ROOT = join(import.meta.dirname, "..", "..", "..");

describe("paths of the sandbox", () => {
  afterEach(cleanUp);

  it("finds the checkout from its source, and from a bundle in dist", () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "dist", "sandbox"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "name": "ed8k" }');
    assert.equal(checkoutRoot(), ROOT);
    assert.equal(checkoutRoot(join(folder, "dist", "sandbox")), folder);
  });

  it("says so when there is no checkout", () => {
    const folder = scratchFolder();
    assert.throws(() => checkoutRoot(folder), {
      name: "UserError",
      message: `no folder above ${folder} is a checkout of ED8K (a package.json with the name "ed8k")`,
    });
  });

  it("takes the cache from ED8K_CACHE, then XDG_CACHE_HOME, then the home folder", () => {
    const all = { ED8K_CACHE: "/a/", XDG_CACHE_HOME: "/b", HOME: "/c" };
    assert.equal(cacheFolder(all), "/a");
    assert.equal(cacheFolder({ ...all, ED8K_CACHE: "" }), "/b/ed8k");
    assert.equal(cacheFolder({ HOME: "/c" }), "/c/.cache/ed8k");
  });

  it("takes the sandbox's folder from ED8K_SANDBOX, else it is in the checkout", () => {
    assert.equal(sandboxFolder({ ED8K_SANDBOX: "/s", HOME: "/c" }), "/s");
    assert.equal(sandboxFolder({ HOME: "/c" }), join(ROOT, ".ed8k", "sandbox"));
  });

  it("refuses a cache inside the folder that sandbox down removes", () => {
    assert.throws(() => sandboxFolder({ ED8K_SANDBOX: "/s", ED8K_CACHE: "/s/cache" }), UserError);
    assert.throws(() => sandboxFolder({ ED8K_SANDBOX: "/s", ED8K_CACHE: "/s" }), UserError);
    assert.equal(sandboxFolder({ ED8K_SANDBOX: "/s", ED8K_CACHE: "/s2" }), "/s");
  });

  it("keeps everything but the locks in the one folder", () => {
    const paths = sandboxPaths("/s");
    const outside = (Object.values(paths) as string[]).filter((path) => path !== "/s" && !path.startsWith("/s/"));
    assert.deepEqual(outside, []);
    assert.deepEqual(sandboxLocks(paths), { up: "/s.up.lock", change: "/s.lock" });
  });
});
