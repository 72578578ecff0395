import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { offlineFacts } from "../../../../ed8kctl/planning/offline-facts.js";
import { VERSIONS } from "../../../../versions.js";

describe("what is known of a cluster offline", () => {
  let folder: string;
  let cache: string | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ed8k-"));
    cache = process.env["ED8K_CACHE"];
    process.env["ED8K_CACHE"] = join(folder, "cache");
  });
  afterEach(() => {
    if (cache === undefined) delete process.env["ED8K_CACHE"];
    else process.env["ED8K_CACHE"] = cache;
    rmSync(folder, { recursive: true });
  });

  it("is what its stack's file says, with the newest Kubernetes", () => {
    const config = `config:
  ed8k:kind: cluster
  ed8k:context: eks
  ed8k:domain: dev.example.com
  ed8k:allowedRegistries: [docker.io/library/]
`;
    writeFileSync(join(folder, "Pulumi.eu.yaml"), config);
    const { name, context, domain, allowedRegistries, uid, kubernetesVersion } = offlineFacts("eu", folder);
    assert.deepEqual(
      { name, context, domain, allowedRegistries, uid, kubernetesVersion },
      {
        name: "eu",
        context: "eks",
        domain: "dev.example.com",
        allowedRegistries: ["docker.io/library/"],
        uid: "",
        kubernetesVersion: VERSIONS.kubernetes,
      },
    );
  });

  it("is nothing where there is no such file, or it is an environment's", () => {
    assert.throws(() => offlineFacts("eu", folder), {
      message: `nothing is known of the cluster stack eu offline: there is no ${join(folder, "Pulumi.eu.yaml")}`,
      exit: "notFound",
    });
    writeFileSync(join(folder, "Pulumi.eu.yaml"), "config: {}\n");
    assert.throws(() => offlineFacts("eu", folder), {
      message: `nothing is known of the cluster stack eu offline: ${join(folder, "Pulumi.eu.yaml")} is not that of a cluster stack`,
    });
  });
});
