import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { writeTar } from "../../../../../sandbox/images/oci/layer.js";
import { putFile, putFolder, putLink } from "../../../../../sandbox/images/tree.js";
import { cleanUp, errorOf, scratchFolder } from "../../scratch.js";

const LONG = `opt/${"long-name/".repeat(14)}file`;

/** The same tree each time, made in another order or with another umask. */
function tree(order: "forth" | "back", umask: number): string {
  const root = join(scratchFolder(), "root");
  mkdirSync(root);
  const steps = [
    (): void => putFile(root, "usr/bin/tool", { content: "#!/bin/sh\n", mode: 0o4755 }),
    (): void => putFile(root, LONG, { content: "deep\n" }),
    (): void => putFolder(root, "tmp", 0o1777),
    (): void => putLink(root, "bin", "usr/bin"),
    (): void => putFile(root, "etc/é", { content: "é\n" }),
  ];
  const before = process.umask(umask);
  for (const step of order === "forth" ? steps : steps.toReversed()) step();
  process.umask(before);
  linkSync(join(root, "usr/bin/tool"), join(root, "usr/bin/twin"));
  return root;
}

// The sandbox's images need GNU tar and are made on Linux only.
if (process.platform === "linux") {
  describe("a layer of an image", () => {
    afterEach(cleanUp);

    it("is the same bytes for the same tree, whenever and by whomever it was made", async () => {
      const first = tree("forth", 0o022);
      const second = tree("back", 0o077);
      utimesSync(join(second, "etc/é"), 1, 1);
      const target = join(scratchFolder(), "layer.tar");
      const blob = await writeTar(first, target);
      assert.deepEqual(await writeTar(second, join(scratchFolder(), "layer.tar")), blob);
      const content = readFileSync(target);
      assert.equal(blob.digest, `sha256:${createHash("sha256").update(content).digest("hex")}`);
      assert.equal(blob.size, content.length);
    });

    it("has every entry sorted, root's and without a time, with modes, links and long names", async () => {
      const target = join(scratchFolder(), "layer.tar");
      await writeTar(tree("forth", 0o022), target);
      const listing = execFileSync("tar", ["--utc", "--full-time", "-tvf", target], {
        encoding: "utf8",
        env: { TZ: "UTC" },
      });
      const rows = listing
        .trim()
        .split("\n")
        .filter((row) => !/\/long-name\/$/.test(row));
      assert.deepEqual(
        rows.map((row) => row.replace(/ +/g, " ")),
        [
          "drwxr-xr-x 0/0 0 1970-01-01 00:00:00 ./",
          "lrwxrwxrwx 0/0 0 1970-01-01 00:00:00 ./bin -> usr/bin",
          "drwxr-xr-x 0/0 0 1970-01-01 00:00:00 ./etc/",
          "-rw-r--r-- 0/0 3 1970-01-01 00:00:00 ./etc/\\303\\251",
          "drwxr-xr-x 0/0 0 1970-01-01 00:00:00 ./opt/",
          `-rw-r--r-- 0/0 5 1970-01-01 00:00:00 ./${LONG}`,
          "drwxrwxrwt 0/0 0 1970-01-01 00:00:00 ./tmp/",
          "drwxr-xr-x 0/0 0 1970-01-01 00:00:00 ./usr/",
          "drwxr-xr-x 0/0 0 1970-01-01 00:00:00 ./usr/bin/",
          "-rwsr-xr-x 0/0 10 1970-01-01 00:00:00 ./usr/bin/tool",
          "hrwsr-xr-x 0/0 0 1970-01-01 00:00:00 ./usr/bin/twin link to ./usr/bin/tool",
        ],
      );
    });

    it("stops when it is told to", async () => {
      const error = await errorOf(() =>
        writeTar(tree("forth", 0o022), join(scratchFolder(), "layer.tar"), { signal: AbortSignal.abort() }),
      );
      assert.equal(error.name, "AbortError");
    });
  });
}
