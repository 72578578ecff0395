import assert from "node:assert/strict";
import { kubectlTunnels } from "../../../../ed8kctl/forward/tunnel.js";
import { FakeKubectl } from "../fake-kubectl.js";

describe("a tunnel to a pod", () => {
  let kubectl: FakeKubectl;
  afterEach(() => kubectl.remove());
  const open = (script: string) => {
    kubectl = new FakeKubectl(script);
    return kubectlTunnels({ file: "kubectl", args: ["--context", "own"] })({ pod: "bos-1", port: 8000 });
  };

  it("is kubectl's, on a port of its choice, until it is closed", async () => {
    const tunnel = await open("echo 'Forwarding from 127.0.0.1:40123 -> 8000'; exec sleep 60");
    assert.equal(tunnel.port, 40_123);
    assert.deepEqual(kubectl.calls, ["--context own port-forward --address 127.0.0.1 pod/bos-1 :8000"]);
    tunnel.close();
    await tunnel.ended;
  });

  it("ends when kubectl does, and tells why", async () => {
    const said =
      'E1124 22:00:00.1 7 portforward.go:424] "Unhandled Error" err="an error occurred forwarding 40123 -> 8000: ' +
      'error forwarding port 8000 to pod bos-1/alice, uid : no forward found in pod \\\\"alice/bos-1\\\\""';
    const script = `echo '${said}' >&2; echo 'error: lost connection to pod' >&2`;
    const tunnel = await open(`echo 'Forwarding from 127.0.0.1:40123 -> 8000'; sleep 0.1; ${script}`);
    assert.equal(await tunnel.ended, 'no forward found in pod "alice/bos-1"');
  });

  it("that is refused is told in kubectl's words", async () => {
    await assert.rejects(open('echo "error: error upgrading connection: unable to upgrade" >&2; exit 1'), {
      message: "there is no way to bos-1: error upgrading connection: unable to upgrade",
    });
    kubectl.remove();
    await assert.rejects(open("exit 1"), { message: "there is no way to bos-1: kubectl failed", hint: undefined });
    kubectl.remove();
    await assert.rejects(open(`echo 'error: no forward found for port 8000 in pod "alice/bos-1"' >&2; exit 1`), {
      hint: "no process runs on a simulated node; ed8kctl sandbox status tells which nodes it has",
    });
  });
});
