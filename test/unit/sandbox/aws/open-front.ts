import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SETTLE_MS } from "../../../../sandbox/aws/front/lifecycle.js";
import { startFront } from "../../../../sandbox/aws/front/server.js";
import type { BackgroundServer } from "../../../../sandbox/jobs/background.js";
import { cleanUp, scratchFolder, setEnv } from "../scratch.js";
import { FakeEmulator } from "./fake-emulator.js";

/** The key of the account's root in tests. */
export const ROOT_KEY = { accessKeyId: "ED8KSANDBOX", secretAccessKey: "of-this-test" };

/** A moment at which tests begin. */
export const BEGIN = Date.parse("2026-11-24T12:00:00Z");

/** The front on any free port, before an emulator that says what a test wants, on a clock that tests move. */
export class OpenFront {
  readonly emulator = new FakeEmulator();
  readonly log: string[] = [];
  now = BEGIN;
  #folder = "";
  #emulatorPort = 0;
  #server: BackgroundServer | undefined;

  async open(): Promise<void> {
    setEnv({ AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" });
    this.#folder = scratchFolder();
    writeFileSync(this.certificate, "the authority");
    this.#emulatorPort = await this.emulator.start();
    await this.#start();
  }

  /** Ends the front and starts another one in its folder. */
  async restart(): Promise<void> {
    await this.#server?.stop();
    await this.#start();
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    await this.emulator.stop();
    cleanUp();
  }

  /** What was asked for is there by then. */
  settle(): void {
    this.now += SETTLE_MS;
  }

  get certificate(): string {
    return join(this.#folder, "apiserver.crt");
  }

  get port(): number {
    return this.#server?.port ?? 0;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** For clients of AWS' SDK; nothing is tried twice. */
  get client() {
    return { endpoint: this.url, region: "eu-west-1", credentials: ROOT_KEY, maxAttempts: 1 };
  }

  async #start(): Promise<void> {
    this.#server = await startFront({
      port: 0,
      emulator: this.#emulatorPort,
      folder: join(this.#folder, "front"),
      apiServer: { endpoint: "https://127.0.0.1:16443", certificate: this.certificate },
      rootKey: ROOT_KEY,
      log: (line) => this.log.push(line),
      now: () => this.now,
    });
  }
}

/** Subnets in two zones, and a caller, as the emulator tells of them. */
export const EMULATED = {
  DescribeSubnets: `<item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.64.0.0/19</cidrBlock>
<availabilityZone>eu-west-1a</availabilityZone></item><item><vpcId>vpc-1</vpcId><cidrBlock>10.64.32.0/19</cidrBlock>
<availabilityZone>eu-west-1b</availabilityZone></item>`,
  CreateSecurityGroup: "<groupId>sg-1</groupId>",
  GetCallerIdentity:
    "<Arn>arn:aws:sts::111122223333:assumed-role/admin/ann</Arn><Account>111122223333</Account><UserId>AROA1:ann</UserId>",
};

/** The name and the message of the error that a call of AWS ends with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "not refused";
}
