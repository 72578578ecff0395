import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const MAIN = resolve(import.meta.dirname, "../../../ed8kctl/main.ts");

describe("the command ed8kctl", () => {
  let home: string;
  before(() => {
    home = mkdtempSync(join(tmpdir(), "ed8k-"));
  });
  after(() => rmSync(home, { recursive: true }));

  /** Runs it as a process of its own, where there is neither a cluster, nor a backend, nor a sandbox. */
  async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const own = {
      PATH: process.env["PATH"],
      HOME: home,
      ED8K_CACHE: join(home, "cache"),
      ED8K_SANDBOX: join(home, "box"),
    };
    const child = spawn(process.execPath, ["--import", "tsx", MAIN, ...args], {
      env: { ...own, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const written = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (written.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (written.stderr += text));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, ...written };
  }

  it("shows what there is, and ends with 0", async () => {
    const { code, stdout, stderr } = await run([]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^An isolated development environment per developer on one shared Kubernetes cluster\.\n/);
    assert.match(stdout, /\nEveryday:\n {2}create {14}Make an environment/);
  });

  it("tells its version", async () => {
    const { code, stdout } = await run(["--version"]);
    assert.deepEqual([code, stdout], [0, "ed8kctl 0.1.0\n"]);
  });

  it("ends with 2 and one error for what is no verb", async () => {
    assert.deepEqual(await run(["lsit"]), {
      code: 2,
      stdout: "",
      stderr: 'error: there is no verb "lsit"\n  hint: did you mean "ed8kctl list"?\n',
    });
  });

  it("tells errors as data with --json, wherever that stands", async () => {
    assert.deepEqual(await run(["show", "--json", ".."]), {
      code: 2,
      stdout: "",
      stderr: `${JSON.stringify({
        error: {
          message:
            '".." is no name for an environment: allowed are lower-case letters, digits and single dashes between them, beginning with a letter',
          hint: "ed8kctl list --all shows the environments that there are",
          exit: "usage",
        },
      })}\n`,
    });
  });

  it("ends with 3 for what is not there", async () => {
    assert.deepEqual(await run(["sandbox", "status"]), {
      code: 3,
      stdout: "",
      stderr: "error: there is no sandbox\n  hint: make one: ed8kctl sandbox up\n",
    });
  });

  it("refuses names that cannot be an environment's before it looks at anything", async () => {
    for (const words of [
      ["create", "--", "--help"],
      ["destroy", "x".repeat(64)],
    ]) {
      const { code, stdout, stderr } = await run(words);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: ".*" is no name for an environment/);
    }
  });

  it("prints data as YAML", async () => {
    const { code, stdout } = await run(["completion", "fish", "-o", "yaml"]);
    assert.equal(code, 0);
    assert.match(stdout, /^shell: fish\nscript: \|-\n {2}function __ed8kctl_complete\n/);
  });

  it("gives each shell a script that asks it for completions", async () => {
    const scripts = await Promise.all(["bash", "zsh", "fish"].map((shell) => run(["completion", shell])));
    assert.deepEqual(
      scripts.map(({ stdout }) => stdout.trimEnd().split("\n").at(-1)),
      [
        "complete -o default -F _ed8kctl ed8kctl",
        "compdef _ed8kctl ed8kctl",
        "complete -c ed8kctl -f -a '(__ed8kctl_complete)'",
      ],
    );
  });

  it("completes verbs, and says nothing where it knows nothing", async () => {
    assert.deepEqual(await run(["__complete", "sandbox", "s"]), { code: 0, stdout: "status\n", stderr: "" });
    assert.deepEqual(await run(["__complete", "show", ""]), { code: 0, stdout: "\n", stderr: "" });
  });

  it("is silent when nobody reads its answer to the end", async () => {
    const child = spawn("sh", ["-c", `"$0" --import tsx "$1" help | true; echo`, process.execPath, MAIN], {
      env: { ...process.env, HOME: home },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    await once(child, "close");
    assert.equal(stderr, "");
  });

  it("ends as it would have, although nobody reads what it says", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", MAIN, "lsit"], {
      env: { ...process.env, HOME: home },
      stdio: ["ignore", "ignore", "pipe"],
    });
    child.stderr.destroy();
    assert.deepEqual(await once(child, "close"), [2, null]);
  });

  it("shows where an error nobody expected comes from only when it is asked", async () => {
    const kubeconfig = join(home, "config");
    writeFileSync(kubeconfig, "- no\n");
    const quiet = await run(["use"], { KUBECONFIG: kubeconfig });
    assert.equal(quiet.stderr, `error: ${kubeconfig} is no kubeconfig: it has no "kind: Config"\n`);
    const { stderr } = await run(["use"], { KUBECONFIG: kubeconfig, ED8K_DEBUG: "1" });
    assert.match(stderr, /\nUserError: .*\n {4}at parseKubeconfig/);
  });
});
