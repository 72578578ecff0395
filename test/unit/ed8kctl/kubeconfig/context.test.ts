import assert from "node:assert/strict";
import { withContext, withEntries } from "../../../../ed8kctl/kubeconfig/context.js";

const ENTRY = { name: "ed8k-alice", cluster: "dev", user: "me", namespace: "alice" };

describe("a context in a kubeconfig", () => {
  it("is added, with everything else and its comments left as it was", () => {
    const before = `# mine
apiVersion: v1
kind: Config
current-context: dev
contexts:
  - name: dev # the cluster
    context:
      cluster: dev
      user: me
users: []
extensions:
  - name: other-tool
`;
    assert.equal(
      withContext(before, ENTRY),
      `# mine
apiVersion: v1
kind: Config
current-context: ed8k-alice
contexts:
  - name: dev # the cluster
    context:
      cluster: dev
      user: me
  - name: ed8k-alice
    context:
      cluster: dev
      user: me
      namespace: alice
users: []
extensions:
  - name: other-tool
`,
    );
  });

  it("takes the place of one of the same name, however often", () => {
    const once = withContext("", { ...ENTRY, cluster: "old" });
    assert.equal(withContext(withContext(once, ENTRY), ENTRY), withContext("", ENTRY));
  });

  it("begins a kubeconfig where there is none", () => {
    const expected = `apiVersion: v1
kind: Config
contexts:
  - name: ed8k-alice
    context:
      cluster: dev
      user: me
      namespace: alice
current-context: ed8k-alice
`;
    assert.equal(withContext("", ENTRY), expected);
    assert.equal(withContext("apiVersion: v1\nkind: Config\ncontexts: null\n", ENTRY), expected);
  });

  it("does not break long certificates into lines", () => {
    const long = "A".repeat(3000);
    assert.match(withContext(`kind: Config\nclusters:\n  - cluster: { ca: ${long} }\n`, ENTRY), new RegExp(long));
  });
});

describe("a cluster in a kubeconfig", () => {
  const entries = {
    name: "ed8k-dev",
    cluster: { server: "https://new" },
    user: { exec: { command: "aws" } },
    context: { cluster: "ed8k-dev", user: "ed8k-dev" },
  };

  it("is added with its user and its context; the current one stays, and all else", () => {
    const before = `# mine
current-context: other
users:
  - name: me # do not touch
    user:
      token: t
`;
    assert.equal(
      withEntries(before, entries),
      `# mine
current-context: other
users:
  - name: me # do not touch
    user:
      token: t
  - name: ed8k-dev
    user:
      exec:
        command: aws
clusters:
  - name: ed8k-dev
    cluster:
      server: https://new
contexts:
  - name: ed8k-dev
    context:
      cluster: ed8k-dev
      user: ed8k-dev
`,
    );
  });

  it("takes the place of one of the same name, and becomes the current one where there is none", () => {
    const old = withEntries("", { ...entries, cluster: { server: "https://old", "tls-server-name": "x" } });
    assert.match(old, /^current-context: ed8k-dev$/m);
    const text = withEntries(old, entries);
    assert.equal(text, withEntries("", entries));
    assert.equal(withEntries(text, entries), text);
  });
});
