import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useSandboxWhereNothingElse } from "../../../ed8kctl/sandbox-defaults.js";
import { cleanUp, scratchFolder, setEnv } from "../sandbox/scratch.js";
import { ownSandbox } from "./own-sandbox.js";

describe("the sandbox", () => {
  afterEach(cleanUp);
  const backend = (): string | undefined => process.env["PULUMI_BACKEND_URL"];

  it("is worked on where nobody has chosen another backend", () => {
    const paths = ownSandbox();
    setEnv({ PULUMI_CONFIG_PASSPHRASE: "goes before the sandbox's file" });
    useSandboxWhereNothingElse();
    assert.equal(backend(), `file://${paths.backend}`);
    assert.equal(process.env["KUBECONFIG"], paths.kubeconfig);
    assert.equal(process.env["PULUMI_CONFIG_PASSPHRASE_FILE"], paths.passphrase);
    assert.equal(process.env["PULUMI_CONFIG_PASSPHRASE"], undefined);
  });

  it("never puts a backend aside that is set or logged in to", () => {
    ownSandbox();
    const home = scratchFolder();
    writeFileSync(join(home, "credentials.json"), '{ "current": "s3://company" }');
    setEnv({ KUBECONFIG: "/mine" });
    for (const chosen of [
      { PULUMI_BACKEND_URL: "s3://company" },
      { PULUMI_BACKEND_URL: undefined, PULUMI_HOME: home },
    ]) {
      setEnv(chosen);
      useSandboxWhereNothingElse();
      assert.deepEqual([backend(), process.env["KUBECONFIG"]], [chosen.PULUMI_BACKEND_URL, "/mine"]);
    }
  });

  it("must be there", () => {
    rmSync(ownSandbox().settings);
    useSandboxWhereNothingElse();
    assert.equal(backend(), undefined);
  });
});
