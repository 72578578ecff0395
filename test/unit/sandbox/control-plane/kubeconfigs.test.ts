import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadAccess } from "../../../../kube/access.js";
import { credentialFiles } from "../../../../sandbox/control-plane/credentials.js";
import { writeKubeconfigs, writeNodeKubeconfigs } from "../../../../sandbox/control-plane/kubeconfigs.js";
import { sandboxPaths } from "../../../../sandbox/paths.js";
import { sandboxPorts } from "../../../../sandbox/ports.js";
import { withContext } from "../../../../ed8kctl/kubeconfig/context.js";
import { cleanUp, scratchFolder } from "../scratch.js";

interface Written {
  readonly "current-context": string;
  readonly contexts: readonly { readonly name: string }[];
  readonly clusters: readonly { readonly cluster: { readonly server: string } }[];
}

describe("the sandbox's kubeconfig", () => {
  afterEach(cleanUp);

  it("of each program in a real node: its own user, at the address that the node reaches", () => {
    const paths = sandboxPaths(scratchFolder());
    const files = credentialFiles(paths);
    mkdirSync(files.folder, { recursive: true });
    writeFileSync(files.certificate, "certificate");
    writeFileSync(files.tokens, "n,system:node:ed8k-real,u\np,system:kube-proxy,u\nd,ed8k:dns,u");
    writeNodeKubeconfigs(paths, "https://10.77.0.1:16443");
    for (const [name, token] of [
      ["node-ed8k-real", "n"],
      ["kube-proxy", "p"],
      ["ed8k-dns", "d"],
    ] as const) {
      const { server, user } = loadAccess({ paths: [join(paths.certificates, `${name}.kubeconfig`)] });
      assert.deepEqual({ server, user }, { server: "https://10.77.0.1:16443", user: { token } });
    }
  });

  it("keeps the contexts that ed8kctl use has added when the sandbox is started again", () => {
    const paths = sandboxPaths(scratchFolder());
    const files = credentialFiles(paths);
    mkdirSync(files.folder, { recursive: true });
    writeFileSync(files.certificate, "certificate");
    const read = (): Written => parse(readFileSync(paths.kubeconfig, "utf8")) as Written;
    writeFileSync(files.tokens, "t,ed8k-admin,u");
    writeKubeconfigs(paths, sandboxPorts(16440));
    assert.equal(read()["current-context"], "ed8k-sandbox");
    const context = { name: "ed8k-alice", cluster: "ed8k-sandbox", user: "ed8k-sandbox", namespace: "alice" };
    writeFileSync(paths.kubeconfig, withContext(readFileSync(paths.kubeconfig, "utf8"), context));
    writeKubeconfigs(paths, sandboxPorts(17440));
    const { contexts, clusters, ...rest } = read();
    assert.equal(rest["current-context"], "ed8k-alice");
    assert.deepEqual(
      contexts.map(({ name }) => name),
      ["ed8k-sandbox", "ed8k-alice"],
    );
    assert.equal(clusters[0]?.cluster.server, "https://127.0.0.1:17443");
  });
});
