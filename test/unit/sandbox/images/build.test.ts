import assert from "node:assert/strict";
import { existsSync, readdirSync, statSync, utimesSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildImages } from "../../../../sandbox/images/build.js";
import { images } from "../../../../sandbox/images/images.js";
import { commonKey, imageKey } from "../../../../sandbox/images/cache/keys.js";
import { putFile } from "../../../../sandbox/images/tree.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../scratch.js";

describe("making the sandbox's images", () => {
  let cache: string;
  const lines: string[] = [];
  const work = { report: (line: string): number => lines.push(line) };

  beforeEach(() => {
    lines.length = 0;
    cache = scratchFolder();
    // Neither apt nor tar: what is in the cache must do.
    setEnv({ ED8K_CACHE: cache, PATH: "" });
  });
  afterEach(cleanUp);

  it("takes all from the cache when they are there: no apt, no network, no word", async () => {
    const expected = images().map((image) => {
      const folder = join("images", `${image.name}-${imageKey(image, commonKey())}`);
      putFile(cache, join(folder, "image.tar"), { content: "" });
      putFile(cache, join(folder, "digest"), { content: `sha256:${image.name}` });
      return {
        reference: image.reference,
        archive: join(cache, folder, "image.tar"),
        digest: `sha256:${image.name}`,
      };
    });
    for (const { archive } of expected) utimesSync(dirname(archive), 1, 1);
    assert.deepEqual(await buildImages(work), expected);
    // Or another checkout would remove them as long unused.
    for (const { archive } of expected) assert.ok(Date.now() - statSync(dirname(archive)).mtimeMs < 60_000, archive);
    assert.deepEqual(lines, []);
  });

  it("says what is missing where there is no apt, and leaves no image half made", async () => {
    const error = await errorOf(() => buildImages(work));
    assert.equal(error.name, "UserError");
    assert.equal(error.message, "apt-get is not on PATH: the sandbox's real nodes are made from Debian packages");
    assert.deepEqual(lines, ["images: looking up Debian packages, once for this machine"]);
    assert.equal(existsSync(join(cache, "images.lock")), false);
    assert.deepEqual(readdirSync(join(cache, "images")), ["packages"]);
  });
});
