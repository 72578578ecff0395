import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { awsFiles, createRootKey } from "../../../../../sandbox/aws/root-key.js";
import { createClients } from "../../../../../sandbox/providers/aws/create-clients.js";
import { emulatorUrl } from "../../../../../sandbox/providers/aws/endpoint.js";
import { cleanUp, scratchFolder } from "../../scratch.js";

const signal = new AbortController().signal;
const KEYS = { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "no-secret" };

describe("the aws stand-in's endpoint", () => {
  for (const url of ["http://127.0.0.1:4566", "http://localhost:4566", "http://[::1]:4566/", "http://127.1.2.3"]) {
    it(`may be ${url}`, () => assert.equal(emulatorUrl({ AWS_ENDPOINT_URL: url }), url));
  }

  for (const url of [
    "",
    "127.0.0.1:4566",
    "https://sts.eu-west-1.amazonaws.com",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://10.0.0.1:4566",
    "http://127.0.0.1@example.com",
  ]) {
    it(`is refused when it is "${url}": real AWS is never reached`, () => {
      const options = { region: "eu-west-1", signal, env: { ...KEYS, AWS_ENDPOINT_URL: url } };
      assert.throws(() => createClients(options), /speaks to an emulator on this machine alone/);
    });
  }

  it("needs keys of the environment or of a sandbox's file, and takes none from anywhere else", async () => {
    const folder = scratchFolder();
    const [user, sandbox] = [join(folder, "user"), awsFiles({ aws: folder }).credentials];
    writeFileSync(user, "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n");
    createRootKey({ aws: folder });
    const env = { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_PROFILE: "work" };
    const made = (more: NodeJS.ProcessEnv) => createClients({ region: "eu-west-1", signal, env: { ...env, ...more } });
    const keyOf = async (more: NodeJS.ProcessEnv) => (await (await made(more).sts()).config.credentials()).accessKeyId;
    assert.throws(() => made({}), /finds no AWS_SHARED_CREDENTIALS_FILE/);
    assert.throws(() => made({ AWS_SHARED_CREDENTIALS_FILE: user }), /user holds no key of a sandbox with AWS/);
    assert.equal(await keyOf({ AWS_SHARED_CREDENTIALS_FILE: sandbox }), "ED8KSANDBOX");
    assert.equal(await keyOf({ AWS_SHARED_CREDENTIALS_FILE: sandbox, ...KEYS }), "key", "a session's go first");
    cleanUp();
  });
});

describe("the aws stand-in's clients", () => {
  const statuses: number[] = [];
  let server: Server;
  let url = "";
  let asked = 0;

  before(async () => {
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
    server = createServer((request, response) => {
      request.resume();
      asked += 1;
      const status = statuses.shift() ?? 200;
      response.writeHead(status, { "content-type": "text/xml" }).end(BODIES[status] ?? IDENTITY);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const clients = () => createClients({ region: "eu-west-1", signal, env: { ...KEYS, AWS_ENDPOINT_URL: url } });

  it("are made once, when they are first asked for", async () => {
    const made = clients();
    assert.equal(await made.ec2(), await made.ec2());
  });

  it("try again when AWS is too busy, and ask for the account once", async () => {
    statuses.push(503, 429);
    const made = clients();
    assert.deepEqual(await Promise.all([made.account(), made.account()]), ["111122223333", "111122223333"]);
    assert.equal(asked, 3);
  });

  it("tell what AWS refuses at once, and ask anew the next time", async () => {
    asked = 0;
    statuses.push(403);
    const made = clients();
    await assert.rejects(made.account(), { name: "AccessDenied" });
    assert.equal(await made.account(), "111122223333");
    assert.equal(asked, 2);
  });
});

const IDENTITY = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
/** The body of an error, by status. */
const BODIES: Readonly<Record<number, string>> = {
  403: errorBody("AccessDenied"),
  429: errorBody("Throttling"),
  503: errorBody("ServiceUnavailable"),
};

function errorBody(code: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
<Code>${code}</Code><Message>Not now</Message></Error></ErrorResponse>`;
}
