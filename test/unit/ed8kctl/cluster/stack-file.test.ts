import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { clusterStacks, readStackFile } from "../../../../ed8kctl/cluster/stack-file.js";
import { cleanUp, scratchFolder } from "../../sandbox/scratch.js";
import { EKS_CONFIG } from "./fixtures.js";

describe("the file of a cluster stack", () => {
  afterEach(cleanUp);

  function folderWith(text: string): string {
    const folder = scratchFolder();
    writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
    return folder;
  }

  it("tells what the cluster is to be, as the engine hands it on: numbers and lists as text", () => {
    const text = `encryptionsalt: v1:abc
config:
  ed8k:kind: cluster
  ed8k:context: company
  ed8k:ingressPort: 8080
  ed8k:allowedRegistries: [docker.io/]
`;
    const { raw, config } = readStackFile("dev", folderWith(text));
    assert.deepEqual(raw, {
      "ed8k:kind": "cluster",
      "ed8k:context": "company",
      "ed8k:ingressPort": "8080",
      "ed8k:allowedRegistries": '["docker.io/"]',
    });
    assert.deepEqual([config.name, config.context, config.ingressPort], ["dev", "company", 8080]);
  });

  it("may be that of a cluster that its stack makes", () => {
    const values = Object.entries(EKS_CONFIG).map(([key, value]) => [key, parse(value) as unknown]);
    const { config } = readStackFile(
      "dev",
      folderWith(JSON.stringify({ config: Object.fromEntries(values) as unknown })),
    );
    assert.deepEqual([config.provider, config.context], ["eks", "ed8k-dev"]);
  });

  it("is the one that is in the checkout", () => {
    assert.equal(readStackFile("dev").config.provider, "eks");
  });

  it("is refused where it is not there, no YAML, an environment's, or has secrets", () => {
    const folder = scratchFolder();
    assert.throws(() => readStackFile("dev", folder), {
      message: `there is no ${folder}/Pulumi.dev.yaml, which tells what the cluster dev is to be`,
      exit: "notFound",
    });
    assert.throws(() => readStackFile("dev", folderWith("config: [")), { message: /is no YAML: /, exit: "usage" });
    assert.throws(
      () => readStackFile("dev", folderWith("config:\n  ed8k:kind: cluster\n  ed8k:context:\n    secure: v1:a\n")),
      {
        message: /ed8k:context is encrypted/,
      },
    );
  });

  it("is found among others", () => {
    const folder = folderWith("config:\n  ed8k:kind: cluster\n");
    writeFileSync(join(folder, "Pulumi.alice.yaml"), "config:\n  ed8k:size: s\n");
    writeFileSync(join(folder, "Pulumi.broken.yaml"), "config: [");
    writeFileSync(join(folder, "Pulumi.yaml"), "name: ed8k\n");
    writeFileSync(join(folder, "Pulumi.prod.yaml"), "config:\n  ed8k:kind: cluster\n");
    assert.deepEqual(clusterStacks(folder), ["dev", "prod"]);
  });

  it("of an environment is none", () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "Pulumi.alice.yaml"), "config:\n  ed8k:size: s\n");
    assert.throws(() => readStackFile("alice", folder), {
      message: `alice is an environment, no cluster: ${folder}/Pulumi.alice.yaml does not say ed8k:kind: cluster`,
      hint: "for an environment: ed8kctl create alice",
      exit: "usage",
    });
  });
});
