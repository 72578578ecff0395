import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadAccess } from "../../../../kube/access.js";
import { createCredentials, credentialFiles, tokenOf } from "../../../../sandbox/control-plane/credentials.js";
import { writeKubeconfigs } from "../../../../sandbox/control-plane/kubeconfigs.js";
import { sandboxPaths } from "../../../../sandbox/paths.js";
import { sandboxPorts } from "../../../../sandbox/ports.js";
import { cleanUp, scratchFolder } from "../scratch.js";

/** Valid until 2027-11-24. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBbTCCAROgAwIBAgIUGswQ46ZYSKiHpnVEyfM7atavmx8wCgYIKoZIzj0EAwIw
DDEKMAgGA1UEAwwBeDAeFw0yNjExMjQxMTU0NDVaFw0yNzExMjQxMTU0NDVaMAwx
CjAIBgNVBAMMAXgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARfVfY4hz8BUU9U
WbVmcz8SHu8oQ+RWffyBb3RULFDTWBY22wza+JLfXi+O1DnhU/6zz16IatuBbHu0
XiGpn17Qo1MwUTAdBgNVHQ4EFgQUsbrNe/I0CLc1wdosiTIFywMMA0QwHwYDVR0j
BBgwFoAUsbrNe/I0CLc1wdosiTIFywMMA0QwDwYDVR0TAQH/BAUwAwEB/zAKBggq
hkjOPQQDAgNIADBFAiBp5gAsDqcc2Ub/FHdAxb2K8Bq0YGB8i2ZPMUD6CdfewgIh
AKc+QQTGs7D6MxR3DcTQSA6eCkwwQUon7h0sPBi+POoL
-----END CERTIFICATE-----
`;

describe("the sandbox's credentials", () => {
  afterEach(cleanUp);

  it("are random, for their owner's eyes only, and kept", () => {
    const files = credentialFiles(sandboxPaths(scratchFolder()));
    createCredentials(files);
    const tokens = readFileSync(files.tokens, "utf8");
    assert.match(
      tokens,
      /^[0-9a-f]{64},ed8k-admin,ed8k-admin,"system:masters"\n[0-9a-f]{64},system:kube-controller-manager,system:kube-controller-manager\n[0-9a-f]{64},system:kube-scheduler,system:kube-scheduler\n[0-9a-f]{64},system:node:ed8k-real,system:node:ed8k-real,"system:nodes"\n[0-9a-f]{64},system:kube-proxy,system:kube-proxy\n[0-9a-f]{64},ed8k:dns,ed8k:dns$/,
    );
    const modes = readdirSync(files.folder).map((name) => statSync(join(files.folder, name)).mode & 0o777);
    assert.deepEqual(modes, [0o600, 0o600, 0o600, 0o600, 0o600]);
    assert.equal(statSync(files.folder).mode & 0o777, 0o700);
    createCredentials(files);
    assert.equal(readFileSync(files.tokens, "utf8"), tokens);

    const other = credentialFiles(sandboxPaths(scratchFolder()));
    createCredentials(other);
    assert.notEqual(tokenOf("ed8k-admin", other), tokenOf("ed8k-admin", files));
  });

  it("give way to a new certificate in the last month of the old one", () => {
    const files = credentialFiles(sandboxPaths(scratchFolder()));
    createCredentials(files);
    writeFileSync(files.certificate, CERTIFICATE);
    writeFileSync(files.key, "KEY");
    createCredentials(files, Date.parse("2027-10-24"));
    assert.deepEqual([existsSync(files.certificate), existsSync(files.key)], [true, true]);
    createCredentials(files, Date.parse("2027-10-26"));
    assert.deepEqual([existsSync(files.certificate), existsSync(files.key)], [false, false]);
  });

  it("make a kubeconfig whose context is ed8k-sandbox", () => {
    const paths = sandboxPaths(scratchFolder());
    const files = credentialFiles(paths);
    createCredentials(files);
    writeFileSync(files.certificate, "PEM");
    writeKubeconfigs(paths, sandboxPorts(20000));
    assert.deepEqual(loadAccess({ paths: [paths.kubeconfig] }), {
      context: "ed8k-sandbox",
      server: "https://127.0.0.1:20003",
      ca: "PEM",
      insecure: false,
      namespace: "default",
      user: { token: tokenOf("ed8k-admin", files) },
    });
    assert.equal(statSync(paths.kubeconfig).mode & 0o777, 0o600);
  });
});
