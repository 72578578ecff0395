import assert from "node:assert/strict";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentContext, writeContext, writeEntries } from "../../../../ed8kctl/kubeconfig/write.js";
import { toAccess } from "../../../../kube/access.js";
import { readKubeconfig, selectContext } from "../../../../kube/kubeconfig.js";

const BASE = `kind: Config
current-context: other
contexts:
  - { name: sandbox, context: { cluster: c, user: u } }
clusters: [{ name: c, cluster: { server: https://127.0.0.1:1 } }]
users: [{ name: u, user: { token: t } }]
`;

describe("writing a context", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ed8k-"));
    writeFileSync(join(folder, "base"), BASE);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("writes into the first file, with the cluster and user of another, and makes it current", () => {
    const paths = [join(folder, "new", "config"), join(folder, "base")];
    assert.deepEqual(writeContext("alice", "sandbox", paths), { context: "ed8k-alice", file: paths[0] });
    const { cluster, context, user } = selectContext(readKubeconfig(paths));
    assert.deepEqual([cluster["server"], context["namespace"], user["token"]], ["https://127.0.0.1:1", "alice", "t"]);
    assert.equal(readFileSync(join(folder, "base"), "utf8"), BASE);
    assert.equal(statSync(paths[0] ?? "").mode & 0o777, 0o600);
    assert.deepEqual(currentContext(paths), { context: "ed8k-alice", environment: "alice" });
  });

  it("keeps a link a link, and the file's mode; leaves no part behind", () => {
    chmodSync(join(folder, "base"), 0o640);
    const link = join(folder, "link");
    symlinkSync(join(folder, "base"), link);
    assert.deepEqual(writeContext("alice", "sandbox", [link]).file, join(folder, "base"));
    assert.equal(lstatSync(link).isSymbolicLink(), true);
    assert.equal(statSync(link).mode & 0o777, 0o640);
    assert.deepEqual(readdirSync(folder), ["base", "link"]);
  });

  it("writes a cluster with its user and its context, and can be read then", () => {
    const paths = [join(folder, "base")];
    const entries = {
      name: "ed8k-dev",
      cluster: { server: "https://eks" },
      user: { exec: { apiVersion: "client.authentication.k8s.io/v1beta1", command: "aws" } },
      context: { cluster: "ed8k-dev", user: "ed8k-dev" },
    };
    assert.deepEqual(writeEntries(entries, paths), { context: "ed8k-dev", file: paths[0] });
    const { server, user } = toAccess(readKubeconfig(paths), "ed8k-dev");
    assert.deepEqual([server, user.exec?.command], ["https://eks", "aws"]);
    assert.equal(currentContext(paths).context, "other");
    assert.equal(toAccess(readKubeconfig(paths), "sandbox").server, "https://127.0.0.1:1");
  });

  it("writes nothing into a file that is no kubeconfig", () => {
    const path = join(folder, "text");
    writeFileSync(path, "kind: Something\n");
    const entries = { name: "ed8k-dev", cluster: {}, user: {}, context: {} };
    assert.throws(() => writeEntries(entries, [path]), {
      message: `${path} is no kubeconfig: it has no "kind: Config"`,
    });
    assert.equal(readFileSync(path, "utf8"), "kind: Something\n");
  });

  it("refuses a context that is not there, and writes nothing", () => {
    const path = join(folder, "base");
    assert.throws(() => writeContext("alice", "prod", [path]), { message: `${path} has no context "prod"` });
    assert.equal(readFileSync(path, "utf8"), BASE);
  });

  it("tells a file that cannot be written", () => {
    const paths = [join(folder, "x".repeat(250)), join(folder, "base")];
    assert.throws(() => writeContext("alice", "sandbox", paths), {
      hint: "set KUBECONFIG to begin with a file of yours, followed by : and this one",
    });
  });

  it("takes only contexts of its own for environments in use", () => {
    assert.deepEqual(currentContext([join(folder, "base")]), { context: "other", environment: undefined });
    const named = `kind: Config\ncurrent-context: ed8k-x\ncontexts: [{ name: ed8k-x, context: { namespace: alice } }]\n`;
    writeFileSync(join(folder, "named"), named);
    assert.deepEqual(currentContext([join(folder, "named")]), { context: "ed8k-x", environment: undefined });
  });
});
