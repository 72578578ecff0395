import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { type GoModule, type Tool, TOOLS } from "../../../../sandbox/tools/table.js";
import { VERSIONS } from "../../../../versions.js";

const tools: readonly Tool[] = Object.values(TOOLS);

/** What each module must pin, where versions.ts names a version. */
const PINNED: Readonly<Record<GoModule, readonly string[]>> = {
  pulumi: [
    `github.com/pulumi/pulumi/pkg/v3 v${VERSIONS.pulumi}`,
    `github.com/pulumi/pulumi/sdk/v3 v${VERSIONS.pulumi}`,
  ],
  kubernetes: [
    `k8s.io/kubernetes v${VERSIONS.kubernetes}`,
    "go.etcd.io/etcd/server/v3 v3.6.",
    "sigs.k8s.io/kwok v0.8.",
  ],
  helm: [`helm.sh/helm/v4 v${VERSIONS.helm}`, `k8s.io/kubernetes v${VERSIONS.kubernetes}`],
  node: [`k8s.io/kubernetes v${VERSIONS.kubernetes}`],
};

describe("the modules from which tools are built", () => {
  for (const [module, pins] of Object.entries(PINNED)) {
    const folder = join(checkoutRoot(), "sandbox", "tools", module);
    const text = (): string => readFileSync(join(folder, "go.mod"), "utf8");

    it(`${module}: pins what versions.ts names, with checksums`, () => {
      assert.deepEqual(
        pins.filter((pin) => !text().includes(`\t${pin}`)),
        [],
      );
      assert.equal(existsSync(join(folder, "go.sum")), true);
    });

    it(`${module}: has the programs that the table names, and no others`, () => {
      const named = tools
        .filter(({ build }) => build.module === module && !build.package.startsWith("./"))
        .map(({ build }) => build.package);
      const listed = /^tool \(\n([^)]*)\)/m.exec(text())?.[1] ?? /^tool (.+)$/m.exec(text())?.[1] ?? "";
      const lines = listed.split("\n").map((line) => line.trim());
      assert.deepEqual(lines.filter((line) => line !== "").sort(), named.sort());
    });

    it(`${module}: takes the parts of Kubernetes from its own release`, () => {
      const minor = VERSIONS.kubernetes.slice(2);
      const foreign = [...text().matchAll(/^\tk8s\.io\/\S+ => \S+ v0\.(\S+)$/gm)].filter(
        ([, version]) => version !== minor,
      );
      assert.deepEqual(foreign, []);
    });
  }
});
