import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkoutRoot } from "../../../sandbox/paths.js";
import { OwnCluster } from "./own-cluster.js";

describe("the plain way, with pulumi itself in the sandbox's shell", () => {
  const cluster = new OwnCluster();
  const root = checkoutRoot();
  before(() => cluster.start());
  after(async () => {
    rmSync(join(root, "Pulumi.carol.yaml"), { force: true });
    await cluster.remove();
  });

  /** Runs words of a POSIX shell in the checkout, after `eval "$(ed8kctl sandbox env)"`, as the README says. */
  async function inShell(words: string): Promise<string> {
    const script = `eval "$(node bin/ed8kctl.js sandbox env)" && ${words}`;
    const { stdout, stderr } = await promisify(execFile)("/bin/sh", ["-c", script], { cwd: root });
    return stdout + stderr;
  }

  const versions = async (): Promise<readonly string[]> =>
    [...(await cluster.objectsIn("carol"))].map(([id, { metadata }]) => `${id} ${metadata.resourceVersion}`).sort();

  it("stack init and up make an environment with no further config [rows 38, 43]", async () => {
    await inShell("pulumi stack init carol --non-interactive");
    const said = await inShell("pulumi up --yes --non-interactive --color=never");
    assert.match(said, /\+ \d+ created/);
    assert.match(said, /hosts\s*:\s*\[\s*\[0\]: "fxsuite--carol\.ed8k\.localhost"/);
    const shown = JSON.parse(await cluster.must("show", "carol", "--json")) as {
      owner: string;
      services: readonly { name: string; ready: number; wanted: number }[];
    };
    assert.equal(shown.owner, "carol");
    assert.deepEqual(shown.services.map(({ name, ready, wanted }) => `${name} ${ready}/${wanted}`).sort(), [
      "fxsuite 2/2",
      "toolbox 1/1",
    ]);
  });

  it("preview --diff shows what a changed config would do, and does nothing", async () => {
    const before = await versions();
    await inShell(`pulumi config set ed8k:profile full --non-interactive`);
    const said = await inShell("pulumi preview --diff --non-interactive --color=never");
    assert.match(said, /kubernetes:apps\/v1:Deployment: \(create\)/);
    assert.match(said, /bos-web/);
    assert.deepEqual(await versions(), before);
    await inShell("pulumi config rm ed8k:profile --non-interactive");
  });

  it("up again changes nothing", async () => {
    const before = await versions();
    const said = await inShell("pulumi up --yes --skip-preview --non-interactive --color=never");
    assert.match(said, /Resources:\s+\d+ unchanged/);
    assert.deepEqual(await versions(), before);
  });

  it("refresh sees what somebody has changed by hand, and up mends it", async () => {
    await cluster.kubectl("-n", "carol", "scale", "deployment", "fxsuite", "--replicas=2");
    const seen = await inShell("pulumi refresh --yes --non-interactive --color=never");
    assert.match(seen, /~ 1 updated/);
    const mended = await inShell("pulumi up --yes --skip-preview --non-interactive --color=never");
    assert.match(mended, /~ 1 updated/);
    const fxsuite = await cluster.client.get({
      apiVersion: "apps/v1",
      kind: "Deployment",
      namespace: "carol",
      name: "fxsuite",
    });
    assert.equal(JSON.stringify(fxsuite["spec"]).includes('"replicas":1'), true);
  });

  it("ed8kctl goes on with what pulumi has made, and the other way round", async () => {
    await cluster.must("start", "carol", "mailbox");
    const said = await inShell(
      "pulumi config refresh --force --non-interactive && pulumi up --yes --skip-preview --non-interactive --color=never",
    );
    assert.doesNotMatch(said, /deleted|created/);
  });

  it("destroy and stack rm leave nothing [row 76]", async () => {
    await inShell("pulumi destroy --yes --skip-preview --non-interactive --color=never");
    await inShell("pulumi stack rm carol --yes --non-interactive");
    assert.deepEqual(await cluster.namespaces(), []);
    assert.match(await cluster.must("destroy", "carol", "--yes"), /^carol is gone: 0 left/);
  });
});
