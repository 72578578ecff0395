import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { builtFile } from "../../../../sandbox/tools/build.js";
import { resolveHelm } from "../../../../sandbox/tools/helm.js";
import { resolveTool } from "../../../../sandbox/tools/resolve.js";
import { cleanUp, errorOf, program, scratchFolder, setEnv } from "../scratch.js";

/** A `go` that answers `go env` and "builds" by writing the package's name; `build` goes before that. */
function fakeGo(folder: string, { version = "go1.26.8", build = "" } = {}): void {
  const environment = JSON.stringify({ GOVERSION: version, GOCACHE: folder, GOPROXY: "https://proxy.example" });
  const body = `if [ "$1" = env ]; then echo '${environment}'; exit 0; fi
echo "$GOWORK $CGO_ENABLED $GOTOOLCHAIN $*" >> '${folder}/calls'
${build}
while [ "$1" != -o ]; do shift; done
echo "built $3" > "$2"`;
  program(join(folder, "go"), body);
}

describe("resolving a tool", () => {
  let bin: string;
  let cache: string;
  const lines: string[] = [];
  const work = { report: (line: string) => lines.push(line) };

  beforeEach(() => {
    const folder = scratchFolder();
    bin = join(folder, "path");
    cache = join(folder, "cache");
    lines.length = 0;
    setEnv({ PATH: bin, ED8K_CACHE: cache, ED8K_SANDBOX: join(folder, "sandbox") });
  });
  afterEach(cleanUp);

  it("takes the first of the right version on PATH", async () => {
    const second = join(dirname(bin), "second");
    setEnv({ PATH: `${bin}:${second}` });
    program(join(bin, "etcd"), "echo etcd Version: 3.5.1");
    const right = program(join(second, "etcd"), "echo etcd Version: 3.6.1");
    assert.equal(await resolveTool("etcd", work), right);
    assert.deepEqual(lines, []);
    assert.equal(existsSync(cache), false);
  });

  it("passes over the sandbox's own links, which would come to point at themselves", async () => {
    const links = join(dirname(bin), "sandbox", "bin");
    setEnv({ PATH: `${links}:${bin}` });
    program(join(links, "etcd"), "echo etcd Version: 3.6.1");
    const right = program(join(bin, "etcd"), "echo etcd Version: 3.6.2");
    assert.equal(await resolveTool("etcd", work), right);
  });

  it("takes what was built before, without Go", async () => {
    const file = program(builtFile("etcd", cache), "");
    assert.equal(await resolveTool("etcd", work), file);
    assert.deepEqual(lines, []);
  });

  it("builds it once, with one line before and one after", async () => {
    fakeGo(bin);
    const [first, second] = await Promise.all([resolveTool("kwok", work), resolveTool("kwok", work)]);
    assert.equal(first, builtFile("kwok", cache));
    assert.equal(second, first);
    assert.equal(readFileSync(first, "utf8"), "built sigs.k8s.io/kwok/cmd/kwok\n");
    const calls = readFileSync(join(bin, "calls"), "utf8").trim().split("\n");
    assert.equal(calls.length, 1);
    assert.match(calls[0] ?? "", /^off 0 local build -trimpath -tags osusergo,grpcnotrace -ldflags -s -w -X /);
    // Whether the second comes while the first still builds is chance; what it says then is not.
    const waiting = lines.filter((line) => line.startsWith("waiting"));
    assert.ok(waiting.every((line) => line === `waiting for process ${process.pid}, which is building kwok`));
    assert.deepEqual(
      lines.filter((line) => !waiting.includes(line)).map((line) => line.replace(/\d+ s$/, "N s")),
      ["kwok: building it with Go, once for this machine (up to some minutes)", "kwok: built in N s"],
    );
    assert.deepEqual(readdirSync(dirname(first)), ["kwok"]);
  });

  it("leaves nothing half behind when the build is stopped, and then builds anew", async () => {
    fakeGo(bin, { build: 'case "$*" in *etcd*) exec /bin/sleep 60;; esac' });
    const error = await errorOf(() => resolveTool("etcd", { ...work, signal: AbortSignal.timeout(300) }));
    assert.equal(error.name, "AbortError");
    assert.deepEqual(readdirSync(dirname(builtFile("etcd", cache))), []);
    fakeGo(bin);
    assert.equal(await resolveTool("etcd", work), builtFile("etcd", cache));
  });

  it("clears away what a killed build left", async () => {
    const file = builtFile("etcd", cache);
    program(join(dirname(file), ".parts-killed", "etcd"), "half");
    fakeGo(bin);
    await resolveTool("etcd", work);
    assert.deepEqual(readdirSync(dirname(file)), ["etcd"]);
  });

  for (const [what, options, message] of [
    ["Go is missing", undefined, "Go 1.26 or later is needed to build etcd, but there is no go on PATH"],
    ["Go is too old", { version: "go1.25.3" }, "Go 1.26 or later is needed to build etcd, but BIN/go is go1.25.3"],
    [
      "the disk is full",
      { build: "echo 'link: write /x: no space left on device' >&2; exit 1" },
      "the disk of PARTS/etcd or BIN is full: stopped building etcd",
    ],
    [
      "the network is down",
      { build: "echo 'go: x@v1: Get \"https://p/x\": dial tcp: lookup p: no such host' >&2; exit 1" },
      'Go could not fetch what etcd is built from (GOPROXY=https://proxy.example): go: x@v1: Get "https://p/x": dial tcp: lookup p: no such host',
    ],
    [
      "the proxy refuses",
      { build: "echo 'go: x@v1: reading https://p/x: 403 Forbidden' >&2; exit 1" },
      "Go could not fetch what etcd is built from (GOPROXY=https://proxy.example): go: x@v1: reading https://p/x: 403 Forbidden",
    ],
    [
      "the code does not compile",
      { build: "printf '# etcd\\nx.go:1:1: syntax error\\n' >&2; exit 1" },
      "Go could not build etcd: # etcd; x.go:1:1: syntax error",
    ],
  ] as const) {
    it(`says in one sentence that ${what}`, async () => {
      if (options !== undefined) fakeGo(bin, options);
      const error = await errorOf(() => resolveTool("etcd", work));
      assert.equal(error.name, "UserError");
      const text = error.message.replaceAll(/\S+\.parts-\w+/g, "PARTS").replaceAll(bin, "BIN");
      assert.equal(text, message);
      const left = existsSync(cache) ? readdirSync(join(cache, "tools"), { recursive: true }) : [];
      assert.deepEqual(
        left.filter((name) => String(name).includes("etcd")),
        [],
      );
    });
  }

  if (process.platform === "linux" && process.arch === "x64") {
    it("unpacks helm from an npm package: no Go, no network", async () => {
      const helm = await resolveHelm(work);
      assert.ok(helm.startsWith(`${cache}/tools/kubectl-and-helm-`), helm);
      assert.deepEqual(readdirSync(dirname(helm)), ["helm"]);
    });
  }
});
