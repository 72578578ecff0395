import { join } from "node:path";
import { mkdirSync } from "node:fs";
import { checkoutRoot, type SandboxPaths } from "../paths.js";
import { sandboxPorts } from "../ports.js";
import type { AwsSettings } from "../records/settings.js";
import type { Component } from "../supervision/component.js";
import { ACCOUNT, REGION } from "./account.js";
import { createRootKey } from "./root-key.js";

/** The programs of a sandbox with AWS. */
export interface AwsComponents {
  readonly emulator: Component;
  readonly front: Component;
}

/** What plays AWS: the emulator, and before it the front, which is all that clients know. */
export function awsComponents(aws: AwsSettings, basePort: number, paths: SandboxPaths): AwsComponents {
  const ports = sandboxPorts(basePort);
  return { emulator: emulator(aws, { ports, paths }), front: front({ ports, paths }) };
}

interface Context {
  readonly ports: ReturnType<typeof sandboxPorts>;
  readonly paths: SandboxPaths;
}

function emulator({ python, packages }: AwsSettings, { ports, paths }: Context): Component {
  const state = join(paths.aws, "emulator");
  const folders = { STATE_DIR: join(state, "state"), S3_DATA_DIR: join(state, "s3"), TMPDIR: join(state, "tmp") };
  return {
    name: "aws-emulator",
    file: python,
    args: [join(checkoutRoot(), "sandbox", "aws", "emulator", "run.py"), String(ports.emulator)],
    env: {
      ...folders,
      PYTHONPATH: packages,
      PYTHONUNBUFFERED: "1",
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: REGION,
      PERSIST_STATE: "1",
      S3_PERSIST: "1",
      // For the addresses that it makes: they must lead to the front.
      MINISTACK_HOST: "127.0.0.1",
      GATEWAY_PORT: String(ports.aws),
      // Would listen on every address.
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      // No Docker: what it starts in containers elsewhere stays a record.
      DOCKER_HOST: `unix://${join(state, "no-docker.sock")}`,
      LOG_LEVEL: "WARNING",
    },
    health: { url: `http://127.0.0.1:${ports.emulator}/_ministack/health` },
    prepare: () => {
      for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
      return Promise.resolve();
    },
  };
}

function front({ ports, paths }: Context): Component {
  return {
    name: "aws-front",
    file: process.execPath,
    args: [join(checkoutRoot(), "dist", "sandbox", "aws", "front", "main.js"), paths.folder],
    health: { url: `http://127.0.0.1:${ports.aws}/_ed8k/health` },
    prepare: () => {
      createRootKey(paths);
      return Promise.resolve();
    },
  };
}
