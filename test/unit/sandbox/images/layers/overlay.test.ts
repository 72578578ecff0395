import assert from "node:assert/strict";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { overlayLayer } from "../../../../../sandbox/images/layers/overlay.js";
import { withoutPackages } from "../../../../../sandbox/images/fetch-packages.js";
import { filesBelow, putFile } from "../../../../../sandbox/images/tree.js";
import { checkoutRoot } from "../../../../../sandbox/paths.js";
import { cleanUp, scratchFolder } from "../../scratch.js";

describe("what an image has of its own", () => {
  afterEach(cleanUp);

  it("is copied from the checkout: scripts can be run, other files be read, whatever their modes here", async () => {
    const [source, root] = [scratchFolder(), scratchFolder()];
    putFile(source, "bin/run", { content: "#!/bin/sh\n", mode: 0o600 });
    putFile(source, "lib/data", { content: "data", mode: 0o777 });
    putFile(source, "lib/__pycache__/x.pyc", { content: "compiled" });
    const layer = overlayLayer({
      name: "thing",
      copies: { "/app": relative(checkoutRoot(), source) },
      links: { "/usr/bin/thing": "/app/bin/run" },
      folders: { "/data": 0o1777 },
    });
    await layer.fill?.(root, { report: () => undefined });
    const mode = (path: string): number => lstatSync(join(root, path)).mode & 0o7777;
    assert.deepEqual(filesBelow(root), ["app/bin/run", "app/lib/data"]);
    assert.equal(readFileSync(join(root, "app/lib/data"), "utf8"), "data");
    assert.equal(readlinkSync(join(root, "usr/bin/thing")), "/app/bin/run");
    assert.deepEqual(
      ["app", "app/bin/run", "app/lib/data", "data", "usr/bin"].map(mode),
      [0o755, 0o755, 0o644, 0o1777, 0o755],
    );
    assert.deepEqual([layer.name, layer.sources], ["thing-files", [relative(checkoutRoot(), source)]]);
  });

  it("comes without packages that a pattern names", () => {
    const named = (...names: string[]) => names.map((name) => ({ name, version: "1", architecture: "all" }));
    assert.deepEqual(
      withoutPackages(named("perl", "libperl5.36", "libstdc++6", "libpq5", "libpq55"), [
        "*perl*",
        "libstdc++6",
        "libpq5",
      ]),
      named("libpq55"),
    );
  });
});
