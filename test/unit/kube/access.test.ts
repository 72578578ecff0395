import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { stringify } from "yaml";
import { loadAccess } from "../../../kube/access.js";
import { KubeClient } from "../../../kube/client.js";
import type { KubeAccess } from "../../../kube/kubeconfig.js";
import { cleanUp, scratchFolder, setEnv } from "../sandbox/scratch.js";
import { CERTIFICATE, CERTIFICATE_KEY } from "./fake/certificate.js";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

function kubeconfig(cluster: object, user: object = {}, context: object = {}): string {
  return stringify({
    kind: "Config",
    "current-context": "dev",
    contexts: [{ name: "dev", context: { cluster: "c", user: "u", ...context } }],
    clusters: [{ name: "c", cluster: { server: "https://api.test:6443", ...cluster } }],
    users: [{ name: "u", user }],
  });
}

const access = (cluster: object, user?: object, context?: object): KubeAccess =>
  loadAccess({ content: kubeconfig(cluster, user, context) });

describe("access to a cluster", () => {
  afterEach(cleanUp);

  it("is read from the content of a kubeconfig", () => {
    const cluster = {
      server: "https://api.test:6443/",
      "certificate-authority-data": base64("CA"),
      "tls-server-name": "s",
    };
    const user = { token: "t", "client-certificate-data": base64("CRT"), "client-key-data": base64("KEY") };
    assert.deepEqual(access(cluster, user, { namespace: "shop" }), {
      context: "dev",
      server: "https://api.test:6443",
      ca: "CA",
      insecure: false,
      serverName: "s",
      namespace: "shop",
      user: { token: "t", certificate: "CRT", key: "KEY" },
    });
  });

  it("acts as somebody else where the kubeconfig says so, as kubectl does", () => {
    const user = { token: "t", as: "ed8k:zoe", "as-uid": "7", "as-groups": ["ed8k:developers"] };
    const impersonate = { user: "ed8k:zoe", uid: "7", groups: ["ed8k:developers"] };
    assert.deepEqual(access({}, user).user, { token: "t", impersonate });
    assert.deepEqual(access({}, { as: "zoe" }).user, { impersonate: { user: "zoe", groups: [] } });
  });

  it("acts as nobody who is not named, and not by half of what the kubeconfig asks for", () => {
    for (const part of [{ "as-groups": ["g"] }, { "as-uid": "7" }]) {
      assert.throws(() => access({}, part), {
        message: 'the kubeconfig: user "u" has as-groups or as-uid, but no "as" that names whom to act as',
      });
    }
    assert.throws(() => access({}, { as: "zoe", "as-user-extra": { scopes: ["a"] } }), {
      message: 'the kubeconfig: user "u" has as-user-extra, which ED8K does not support',
      hint: "Impersonate by as, as-uid and as-groups alone",
    });
  });

  it("has the namespace default, and nothing else, where the kubeconfig says nothing", () => {
    const plain = { context: "dev", server: "https://api.test:6443", insecure: false, namespace: "default", user: {} };
    assert.deepEqual(access({}), plain);
  });

  it("is read from the files of KUBECONFIG", () => {
    const path = join(scratchFolder(), "config");
    writeFileSync(path, kubeconfig({ "insecure-skip-tls-verify": true }, { username: "me", password: "p" }));
    setEnv({ KUBECONFIG: path });
    assert.deepEqual(loadAccess(), {
      context: "dev",
      server: "https://api.test:6443",
      insecure: true,
      namespace: "default",
      user: { basic: { username: "me", password: "p" } },
    });
  });

  it("takes data before the file of the same thing", () => {
    const cluster = { "certificate-authority-data": base64("DATA"), "certificate-authority": "/no/such/file" };
    assert.equal(access(cluster).ca, "DATA");
  });

  it("knows exec plugins, with what they are given", () => {
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token"],
      env: [{ name: "AWS_PROFILE", value: "dev" }, { value: "nameless" }],
      installHint: "install it",
      provideClusterInfo: true,
    };
    assert.deepEqual(access({}, { exec }).user.exec, {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token"],
      env: { AWS_PROFILE: "dev" },
      installHint: "install it",
      clusterInfo: { server: "https://api.test:6443" },
    });
  });

  for (const [what, cluster, user, message] of [
    [
      "no server",
      { server: "" },
      {},
      'cluster "c" has the server ""; it must be a URL that begins with https:// or http://',
    ],
    [
      "a server that is no URL",
      { server: "api.test:6443" },
      {},
      'cluster "c" has the server "api.test:6443"; it must be a URL that begins with https:// or http://',
    ],
    ["a proxy", { "proxy-url": "http://p" }, {}, 'cluster "c" has a proxy-url, which ED8K does not support'],
    [
      "an auth-provider",
      {},
      { "auth-provider": { name: "oidc" } },
      'user "u" has an auth-provider, which Kubernetes itself has removed',
    ],
    [
      "an exec plugin of an old version",
      {},
      { exec: { apiVersion: "client.authentication.k8s.io/v1alpha1", command: "x" } },
      'the exec plugin of user "u" has apiVersion "client.authentication.k8s.io/v1alpha1"; supported are client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1',
    ],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(() => access(cluster, user), { name: "UserError", message: `the kubeconfig: ${message}` });
    });
  }

  it("is refused when a file that the kubeconfig names is not there", () => {
    assert.throws(() => access({ "certificate-authority": "/no/ca.crt" }), {
      name: "UserError",
      message: "The kubeconfig names the file /no/ca.crt, which cannot be read",
    });
  });

  describe("over TLS", () => {
    let server: https.Server;
    let subjects: unknown[];
    beforeEach(async () => {
      subjects = [];
      const options = { cert: CERTIFICATE, key: CERTIFICATE_KEY, requestCert: true, rejectUnauthorized: false };
      server = https.createServer(options, (request, response) => {
        subjects.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN);
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
    });
    afterEach(async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    });

    async function call(cluster: object, user: object = {}): Promise<unknown> {
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const client = new KubeClient(access({ server: url, ...cluster }, user));
      try {
        return await client.request("GET", "/version");
      } finally {
        client.close();
      }
    }
    const ca = { "certificate-authority-data": base64(CERTIFICATE) };

    it("trusts the kubeconfig's authority, for the name that it says", async () => {
      assert.deepEqual(await call({ ...ca, "tls-server-name": "api.test" }), {});
    });

    it("refuses a certificate of another name", async () => {
      await assert.rejects(call(ca), {
        name: "UnreachableError",
        message: /: its certificate is made for another host name$/,
      });
    });

    it("refuses a certificate of nobody that it knows", async () => {
      await assert.rejects(call({ "tls-server-name": "api.test" }), {
        name: "UnreachableError",
        message: /: its certificate is signed by itself, not by the kubeconfig's certificate authority$/,
      });
    });

    it("takes any certificate when told to", async () => {
      assert.deepEqual(await call({ "insecure-skip-tls-verify": true }), {});
    });

    it("shows the user's own certificate", async () => {
      const user = { "client-certificate-data": base64(CERTIFICATE), "client-key-data": base64(CERTIFICATE_KEY) };
      await call({ "insecure-skip-tls-verify": true }, user);
      assert.deepEqual(subjects, ["ed8k-test"]);
    });
  });
});
