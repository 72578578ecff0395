import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CredentialSource } from "../../../kube/credentials.js";
import type { ExecPlugin, KubeUser } from "../../../kube/kubeconfig.js";
import { cleanUp, program, scratchFolder } from "../sandbox/scratch.js";
import { FakeApiServer } from "./fake-api-server.js";

const V1 = "client.authentication.k8s.io/v1";

describe("credentials", () => {
  let folder: string;
  beforeEach(() => {
    folder = scratchFolder();
  });
  afterEach(cleanUp);

  const source = (user: KubeUser): CredentialSource =>
    new CredentialSource({ context: "x", server: "http://x", insecure: false, namespace: "default", user });

  /** A plugin that counts its runs, and gives the number as token. */
  function plugin(status: Record<string, unknown> = {}, changes: Partial<ExecPlugin> = {}): ExecPlugin {
    const answer = JSON.stringify({ apiVersion: V1, kind: "ExecCredential", status: { token: "TOKEN", ...status } });
    const body = `echo "$KUBERNETES_EXEC_INFO" >> '${folder}/runs'
number=$(/usr/bin/wc -l < '${folder}/runs')
echo '${answer}' | /bin/sed "s/TOKEN/token-$number$SUFFIX/"`;
    const command = program(join(folder, "plugin"), body);
    return { apiVersion: V1, command, args: [], env: {}, ...changes };
  }

  const runs = (): unknown[] =>
    readFileSync(join(folder, "runs"), "utf8")
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));

  it("are those of the user: a token, a certificate, a password", async () => {
    assert.deepEqual(await source({ token: "t" }).get(), { authorization: "Bearer t" });
    assert.deepEqual(await source({ certificate: "c", key: "k" }).get(), { certificate: "c", key: "k" });
    const basic = { username: "me", password: "pä:ss" };
    assert.deepEqual(await source({ basic }).get(), {
      authorization: `Basic ${Buffer.from("me:pä:ss").toString("base64")}`,
    });
    assert.deepEqual(await source({}).get(), {});
  });

  it("of an exec plugin are fetched once for all who ask at the same time", async () => {
    const credentials = source({ exec: plugin({}, { env: { SUFFIX: "-x" } }) });
    const all = await Promise.all(Array.from({ length: 20 }, () => credentials.get()));
    assert.deepEqual(new Set(all.map(({ authorization }) => authorization)), new Set(["Bearer token-1-x"]));
    assert.equal((await credentials.get()).authorization, "Bearer token-1-x");
    assert.deepEqual(runs(), [{ apiVersion: V1, kind: "ExecCredential", spec: { interactive: false } }]);
  });

  it("of an exec plugin are fetched anew shortly before they end", async () => {
    const expirationTimestamp = new Date(Date.now() + 5000).toISOString();
    const credentials = source({ exec: plugin({ expirationTimestamp }) });
    await credentials.get();
    const both = await Promise.all([credentials.get(), credentials.get()]);
    assert.deepEqual(
      both.map(({ authorization }) => authorization),
      ["Bearer token-2", "Bearer token-2"],
    );
  });

  it("of an exec plugin may be a certificate", async () => {
    const status = { token: undefined, clientCertificateData: "c", clientKeyData: "k" };
    assert.deepEqual(await source({ exec: plugin(status) }).get(), { certificate: "c", key: "k" });
  });

  it("are told the cluster's entry, for plugins that ask for it", async () => {
    await source({ exec: plugin({}, { clusterInfo: { server: "https://x" } }) }).get();
    assert.deepEqual(runs(), [
      { apiVersion: V1, kind: "ExecCredential", spec: { interactive: false, cluster: { server: "https://x" } } },
    ]);
  });

  for (const [what, body, message] of [
    [
      "fails",
      "echo some\necho 'token has expired' >&2; exit 3",
      'The kubeconfig\'s exec plugin "PLUGIN" failed: token has expired',
    ],
    ["says nothing", "", `The kubeconfig's exec plugin PLUGIN did not print an ExecCredential of ${V1}`],
    [
      "prints another version",
      `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"secret"}}'`,
      `The kubeconfig's exec plugin PLUGIN did not print an ExecCredential of ${V1}`,
    ],
    [
      "gives nothing of use",
      `echo '{"kind":"ExecCredential","apiVersion":"${V1}","status":{}}'`,
      "The kubeconfig's exec plugin PLUGIN gave neither a token nor a certificate",
    ],
  ] as const) {
    it(`are a UserError when the plugin ${what}, and are fetched again the next time`, async () => {
      const command = program(join(folder, "plugin"), body);
      const credentials = source({ exec: { apiVersion: V1, command, args: [], env: {} } });
      await assert.rejects(credentials.get(), { name: "UserError", message: message.replace("PLUGIN", command) });
      plugin();
      assert.equal((await credentials.get()).authorization, "Bearer token-1");
    });
  }

  it("name the plugin that is not installed, with its own hint", async () => {
    const missing = { apiVersion: V1, command: "ed8k-no-such-program", args: [], env: {} };
    const message = 'The kubeconfig gets its credentials from "ed8k-no-such-program", which is not installed';
    await assert.rejects(source({ exec: missing }).get(), {
      message,
      hint: "Install ed8k-no-such-program and put it on PATH",
    });
    await assert.rejects(source({ exec: { ...missing, installHint: "get it from x" } }).get(), {
      message,
      hint: "get it from x",
    });
  });

  it("of a token file are read anew only after a minute, or when the server refused them", async () => {
    const tokenFile = join(folder, "token");
    writeFileSync(tokenFile, "one\n");
    const credentials = source({ tokenFile });
    const first = await credentials.get();
    assert.equal(first.authorization, "Bearer one");
    writeFileSync(tokenFile, "two\n");
    assert.equal(await credentials.get(), first);
    assert.equal(credentials.renew(first), true);
    const second = await credentials.get();
    assert.equal(second.authorization, "Bearer two");
    // Somebody else's late refusal of the first does not throw the second away.
    assert.equal(credentials.renew(first), true);
    assert.equal(await credentials.get(), second);
  });

  it("of a token file that is gone are told by its path", async () => {
    await assert.rejects(source({ tokenFile: "/no/such/token" }).get(), {
      name: "UserError",
      message: "The kubeconfig names the file /no/such/token, which cannot be read",
    });
  });

  describe("that the server refuses (401)", () => {
    let server: FakeApiServer;
    beforeEach(async () => {
      server = await FakeApiServer.start();
    });
    afterEach(() => server.stop());

    const tokens = (): (string | undefined)[] => server.requests.map(({ headers }) => headers.authorization);

    it("are fetched anew, once", async () => {
      server.fail({ answer: 401, times: 1 });
      await server.client({ user: { exec: plugin() } }).request("GET", "/api");
      assert.deepEqual(tokens(), ["Bearer token-1", "Bearer token-2"]);
    });

    it("are refused for good the second time", async () => {
      server.fail({ answer: 401, times: 9 });
      const call = server.client({ user: { exec: plugin() } }).request("GET", "/api");
      await assert.rejects(call, { name: "KubeError", status: 401, reason: "Unauthorized" });
      assert.equal(tokens().length, 2);
    });

    it("are not sent again when they cannot be other ones", async () => {
      server.fail({ answer: 401, times: 9 });
      await assert.rejects(server.client({ user: { token: "t" } }).request("GET", "/api"), { status: 401 });
      assert.deepEqual(tokens(), ["Bearer t"]);
    });
  });
});
