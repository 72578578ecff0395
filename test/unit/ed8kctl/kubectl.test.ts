import assert from "node:assert/strict";
import { ExitStatus } from "../../../ed8kctl/exit-status.js";
import { UserError } from "../../../errors.js";
import { execInPod } from "../../../ed8kctl/kubectl.js";
import { FakeKubectl } from "./fake-kubectl.js";

describe("a command in a container", () => {
  let kubectl: FakeKubectl;
  afterEach(() => kubectl.remove());

  /** Runs it, and gives what it wrote to stderr, and what it failed with. */
  async function exec(script: string, signal = new AbortController().signal) {
    kubectl = new FakeKubectl(script);
    let written = "";
    const write = process.stderr.write.bind(process.stderr);
    process.stderr.write = (chunk: string | Uint8Array) => (written += Buffer.from(chunk).toString()) !== "";
    try {
      const execution = { pod: "bos-1", container: "web", command: ["bos", "migrate"] };
      const report = (): void => undefined;
      await execInPod(execution, { facts: { context: "own" }, namespace: "alice", signal, report });
      return { written };
    } catch (error) {
      return { written, error };
    } finally {
      process.stderr.write = write;
    }
  }

  it("is run in the recorded cluster, whatever context is current", async () => {
    assert.deepEqual(await exec("echo told >&2"), { written: "told\n" });
    assert.deepEqual(kubectl.calls, ["--context own --namespace alice exec -i bos-1 -c web -- bos migrate"]);
  });

  it("hands on its exit code, without kubectl's word for it", async () => {
    const script = "echo wrong >&2; sleep 0.1; echo 'command terminated with exit code 42' >&2; exit 42";
    const { written, error } = await exec(script);
    assert.equal(written, "wrong\n");
    assert.ok(error instanceof ExitStatus);
    assert.equal(error.code, 42);
  });

  it("is not judged by what it says itself of another", async () => {
    const words = "command terminated with exit code 7\\n";
    const { written, error } = await exec(`printf '${words}' >&2; exit 0`);
    assert.equal(written, "command terminated with exit code 7\n");
    assert.equal(error, undefined);
    kubectl.remove();
    const twice = await exec(`printf '${words}' >&2; sleep 0.1; printf 'lost\\n' >&2; exit 1`);
    assert.equal(twice.written, "command terminated with exit code 7\nlost\n");
    assert.ok(twice.error instanceof UserError);
  });

  it("is not what failed when kubectl did", async () => {
    const { written, error } = await exec("echo 'error: pod bos-1 not found' >&2; exit 1");
    assert.equal(written, "error: pod bos-1 not found\n");
    assert.ok(error instanceof UserError);
    assert.equal(error.message, "kubectl exec ended with 1");
  });

  it("cannot run on a simulated node, which is said", async () => {
    const { error } = await exec("echo 'error: no exec found for container \"web\" in pod' >&2; exit 1");
    assert.ok(error instanceof UserError);
    assert.match(error.hint ?? "", /^no process runs on a simulated node/);
  });

  it("ends with whoever has begun it", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    const { error } = await exec("exec sleep 60", controller.signal);
    assert.equal(error instanceof Error && error.name, "AbortError");
  });
});
