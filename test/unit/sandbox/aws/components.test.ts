import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { awsComponents } from "../../../../sandbox/aws/components.js";
import { awsFiles, readRootKey } from "../../../../sandbox/aws/root-key.js";
import { tokenReviewFile, writeTokenReviewFile } from "../../../../sandbox/aws/token-review-config.js";
import { checkoutRoot, sandboxPaths } from "../../../../sandbox/paths.js";
import { cleanUp, scratchFolder } from "../scratch.js";

const AWS = { python: "/usr/bin/python3.11", packages: "/cache/packages", charts: "", missingCharts: [] };

describe("the programs that play AWS", () => {
  afterEach(cleanUp);

  it("listen on loopback, keep everything in the sandbox's folder, and make addresses that lead to the front", async () => {
    const paths = sandboxPaths(scratchFolder());
    const { emulator, front } = awsComponents(AWS, 20000, paths);
    const state = join(paths.aws, "emulator");
    assert.deepEqual(
      { file: emulator.file, args: emulator.args, health: emulator.health, env: emulator.env },
      {
        file: AWS.python,
        args: [join(checkoutRoot(), "sandbox/aws/emulator/run.py"), "20006"],
        health: { url: "http://127.0.0.1:20006/_ministack/health" },
        env: {
          STATE_DIR: join(state, "state"),
          S3_DATA_DIR: join(state, "s3"),
          TMPDIR: join(state, "tmp"),
          PYTHONPATH: AWS.packages,
          PYTHONUNBUFFERED: "1",
          MINISTACK_ACCOUNT_ID: "111122223333",
          MINISTACK_REGION: "eu-west-1",
          PERSIST_STATE: "1",
          S3_PERSIST: "1",
          MINISTACK_HOST: "127.0.0.1",
          GATEWAY_PORT: "20002",
          IOT_MTLS_ENABLED: "0",
          SFTP_ENABLED: "0",
          DOCKER_HOST: `unix://${join(state, "no-docker.sock")}`,
          LOG_LEVEL: "WARNING",
        },
      },
    );
    assert.ok(existsSync(emulator.args[0] ?? ""));
    await emulator.prepare?.();
    assert.ok(["state", "s3", "tmp"].every((name) => existsSync(join(state, name))));
    assert.deepEqual(
      [front.file, front.args, front.health],
      [
        process.execPath,
        [join(checkoutRoot(), "dist/sandbox/aws/front/main.js"), paths.folder],
        { url: "http://127.0.0.1:20002/_ed8k/health" },
      ],
    );
    const { credentials } = awsFiles(paths);
    await front.prepare?.();
    const key = readRootKey(credentials);
    await front.prepare?.();
    assert.deepEqual(readRootKey(credentials), key, "a key stays as it is");
    assert.equal(key.secretAccessKey.length, 40);
    assert.equal(statSync(credentials).mode & 0o777, 0o600);
  });

  it("check tokens for the API server at the front, without a credential", () => {
    const paths = sandboxPaths(scratchFolder());
    writeTokenReviewFile(paths, 20000);
    const { clusters, users } = parse(readFileSync(tokenReviewFile(paths), "utf8")) as Record<string, unknown>;
    assert.deepEqual(clusters, [{ name: "eks", cluster: { server: "http://127.0.0.1:20002/_ed8k/token-review" } }]);
    assert.deepEqual(users, [{ name: "eks", user: {} }]);
  });
});
