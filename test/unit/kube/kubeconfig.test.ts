import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parse, stringify } from "yaml";
import {
  kubeconfigPaths,
  minifyKubeconfig,
  parseKubeconfig,
  readKubeconfig,
  selectContext,
} from "../../../kube/kubeconfig.js";
import { cleanUp, scratchFolder } from "../sandbox/scratch.js";

interface Parts {
  readonly current?: string;
  readonly contexts?: Readonly<Record<string, unknown>>;
  readonly clusters?: Readonly<Record<string, unknown>>;
  readonly users?: Readonly<Record<string, unknown>>;
}

function kubeconfig({ current, contexts = {}, clusters = {}, users = {} }: Parts): string {
  const list = (field: string, entries: Readonly<Record<string, unknown>>): unknown[] =>
    Object.entries(entries).map(([name, value]) => ({ name, [field]: value }));
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": current,
    contexts: list("context", contexts),
    clusters: list("cluster", clusters),
    users: list("user", users),
  });
}

const DEV = kubeconfig({
  current: "dev",
  contexts: { dev: { cluster: "dev", user: "me" }, test: { cluster: "gone", user: "me" }, open: { cluster: "dev" } },
  clusters: { dev: { server: "https://dev" } },
  users: { me: { token: "t" } },
});

describe("kubeconfig files", () => {
  let folder: string;
  beforeEach(() => {
    folder = scratchFolder();
  });
  afterEach(cleanUp);

  function file(name: string, content: string): string {
    const path = join(folder, name);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  it("are those of KUBECONFIG, else the one in the home folder", () => {
    assert.deepEqual(kubeconfigPaths({ KUBECONFIG: `/a${delimiter}${delimiter}/b`, HOME: "/h" }), ["/a", "/b"]);
    assert.deepEqual(kubeconfigPaths({ KUBECONFIG: "", HOME: "/h" }), ["/h/.kube/config"]);
  });

  it("are merged: the first to name a thing wins, missing files are passed over", () => {
    const one = file("one", kubeconfig({ contexts: { a: { cluster: "first" } } }));
    const two = file("two", kubeconfig({ current: "b", contexts: { a: { cluster: "second" }, b: {} } }));
    const three = file("three", kubeconfig({ current: "c" }));
    const merged = readKubeconfig([one, join(folder, "none"), two, three]);
    assert.equal(merged.currentContext, "b");
    assert.deepEqual([...merged.contexts.keys()].sort(), ["a", "b"]);
    assert.deepEqual(merged.contexts.get("a"), { cluster: "first" });
    assert.equal(merged.source, [one, two, three].join(delimiter));
  });

  it("name other files relative to their own folder", () => {
    const path = file(
      "sub/config",
      kubeconfig({
        clusters: { c: { "certificate-authority": "ca.crt" } },
        users: { u: { "client-certificate": "../u.crt", "client-key": "/k.pem", tokenFile: "token" } },
      }),
    );
    const { clusters, users } = readKubeconfig([path]);
    assert.deepEqual(clusters.get("c"), { "certificate-authority": join(folder, "sub", "ca.crt") });
    assert.deepEqual(users.get("u"), {
      "client-certificate": join(folder, "u.crt"),
      "client-key": "/k.pem",
      tokenFile: join(folder, "sub", "token"),
    });
  });

  it("are needed: none is a fault that names where they were looked for", () => {
    assert.throws(() => readKubeconfig(["/no/a", "/no/b"]), {
      name: "UserError",
      message: "There is no kubeconfig at /no/a, /no/b",
      hint: "Set KUBECONFIG to a file that names your cluster",
    });
  });

  for (const [what, content, message] of [
    ["is a list", "- a\n", 'x is no kubeconfig: it has no "kind: Config"'],
    ["is empty", "", 'x is no kubeconfig: it has no "kind: Config"'],
    ["is another object", "kind: Pod\n", 'x is no kubeconfig: it has no "kind: Config"'],
    [
      "is broken, without a word of what is in it",
      "users: [{token: secret\n",
      "x is no kubeconfig: its YAML is broken at line 2, column 1",
    ],
  ] as const) {
    it(`must be kubeconfigs: one that ${what}`, () => {
      assert.throws(() => parseKubeconfig(content, "x"), { name: "UserError", message });
    });
  }

  it("must be readable", function () {
    if (process.getuid?.() === 0) {
      // Root reads everything; a folder is as unreadable as a closed file.
      assert.throws(() => readKubeconfig([folder]), { message: `The kubeconfig ${folder} cannot be read` });
      return;
    }
    const path = file("closed", DEV);
    chmodSync(path, 0);
    assert.throws(() => readKubeconfig([path]), { message: `The kubeconfig ${path} cannot be read` });
  });

  describe("have contexts", () => {
    const config = parseKubeconfig(DEV, "x");

    it("of which the current one is taken unless another is wanted", () => {
      assert.deepEqual(selectContext(config).user, { token: "t" });
      assert.deepEqual(selectContext(config, "open").user, {});
    });

    for (const [what, wanted, message, hint] of [
      ["that is not there", "prod", 'x has no context "prod"', "It has these contexts: dev, open, test"],
      ["without its cluster", "test", 'x: context "test" names a cluster "gone" that is not in it', undefined],
    ] as const) {
      it(`and say so of one ${what}`, () => {
        assert.throws(() => selectContext(config, wanted), { name: "UserError", message, hint });
      });
    }

    it("and say so when none is current, or its user is missing", () => {
      assert.throws(() => selectContext(parseKubeconfig(kubeconfig({ contexts: { a: {} } }), "x")), {
        message: "x has no current context",
        hint: "Choose one of its contexts: a",
      });
      const lost = kubeconfig({ current: "a", contexts: { a: { cluster: "c", user: "u" } }, clusters: { c: {} } });
      assert.throws(() => selectContext(parseKubeconfig(lost, "x")), {
        message: 'x: context "a" names a user "u" that is not in it',
      });
    });
  });

  it("can be cut to one context that needs no other file", () => {
    file("ca.crt", "CA");
    file("token", "fresh\n");
    const path = file(
      "config",
      kubeconfig({
        current: "other",
        contexts: { dev: { cluster: "c", user: "u", namespace: "n" }, other: { cluster: "c" } },
        clusters: { c: { server: "https://c", "certificate-authority": "ca.crt" }, unused: {} },
        users: { u: { tokenFile: "token", token: "stale" }, unused: { token: "secret" } },
      }),
    );
    assert.deepEqual(parse(minifyKubeconfig(readKubeconfig([path]), "dev")), {
      apiVersion: "v1",
      kind: "Config",
      "current-context": "dev",
      contexts: [{ name: "dev", context: { cluster: "c", user: "u", namespace: "n" } }],
      clusters: [{ name: "c", cluster: { server: "https://c", "certificate-authority-data": "Q0E=" } }],
      users: [{ name: "u", user: { token: "fresh" } }],
    });
  });
});
