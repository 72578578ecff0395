import assert from "node:assert/strict";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parse } from "yaml";
import { removeAbandonedFolders, WorkFolder } from "../../../../ed8kctl/engine/workspace.js";
import { cleanUp, scratchFolder, setEnv } from "../../sandbox/scratch.js";

describe("the folder that the engine works in", () => {
  beforeEach(() => setEnv({ TMPDIR: scratchFolder() }));
  afterEach(cleanUp);

  const fileOf = (folder: WorkFolder): string => join(folder.path, "Pulumi.alice.yaml");
  const content = (folder: WorkFolder): unknown => parse(readFileSync(fileOf(folder), "utf8"));

  it("lies away from the checkout and holds a project of ours; nothing is left of it", () => {
    const folder = new WorkFolder("alice");
    assert.equal(dirname(folder.path), tmpdir());
    assert.deepEqual(parse(readFileSync(join(folder.path, "Pulumi.yaml"), "utf8")), {
      name: "ed8k",
      runtime: "nodejs",
    });
    folder.remove();
    assert.deepEqual(readdirSync(tmpdir()), []);
  });

  it("keeps config as it was written, lists and mappings too", () => {
    const config = {
      "ed8k:profile": "full",
      "ed8k:start": '["kafka-ui"]',
      "ed8k:values": '{"bos":{"web":{"replicas":2}}}',
      "ed8k:environmentsPerOwner": "5",
      "ed8k:versions": "{}",
      "ed8k:catalogue": "[odd]/catalogue.yaml",
      "aws:region": "yes",
    };
    const folder = new WorkFolder("alice");
    assert.deepEqual(folder.readConfig(), {});
    folder.writeConfig(config);
    assert.deepEqual(folder.readConfig(), config);
    assert.deepEqual((content(folder) as { config: Record<string, unknown> }).config["ed8k:start"], ["kafka-ui"]);
  });

  it("keeps how secrets are encrypted when config is written, and the other way round", () => {
    const folder = new WorkFolder("alice");
    folder.writeSalt("v1:abc");
    folder.writeConfig({ "ed8k:size": "l" });
    assert.deepEqual(content(folder), { encryptionsalt: "v1:abc", config: { "ed8k:size": "l" } });
    folder.writeSalt("v1:def");
    assert.deepEqual(content(folder), { encryptionsalt: "v1:def", config: { "ed8k:size": "l" } });
  });

  it("can be read by its owner only, for values may be nobody else's business", () => {
    const folder = new WorkFolder("alice");
    folder.writeConfig({ "ed8k:size": "l" });
    assert.equal(statSync(fileOf(folder)).mode & 0o777, 0o600);
    assert.equal(statSync(folder.path).mode & 0o777, 0o700);
  });

  it("takes no encrypted value", () => {
    const folder = new WorkFolder("alice");
    writeFileSync(fileOf(folder), 'config:\n  ed8k:profile:\n    secure: "v1:abc"\n');
    assert.throws(() => folder.readConfig(), {
      name: "UserError",
      message: "config of alice: ed8k:profile is encrypted, but ED8K's config holds no secrets",
      hint: "pulumi config rm ed8k:profile --stack alice; services get secrets through their claims",
    });
  });

  it("is removed by the next run when its own was killed, and stays while its own lives", () => {
    const own = new WorkFolder("alice");
    const names = [
      "ed8kctl-4194305-abc",
      "ed8kctl-x-abc",
      "ed8kctl-",
      "other-4194305-abc",
      `ed8kctl-${process.ppid}-a`,
    ];
    for (const name of names) mkdirSync(join(tmpdir(), name, "inner"), { recursive: true });
    removeAbandonedFolders();
    const expected = [...names.slice(1), basename(own.path)].sort();
    assert.deepEqual(readdirSync(tmpdir()).sort(), expected);
    assert.equal(existsSync(join(own.path, "Pulumi.yaml")), true);
  });

  // Only root can give a folder to somebody else.
  if (process.getuid?.() === 0) {
    it("is left to its owner, whose processes may be hidden", () => {
      const theirs = join(tmpdir(), "ed8kctl-4194305-theirs");
      mkdirSync(theirs);
      chownSync(theirs, 65_534, 65_534);
      removeAbandonedFolders();
      assert.equal(existsSync(theirs), true);
    });
  }
});
