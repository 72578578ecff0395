import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { containerd } from "../../../../../../sandbox/nodes/real/programs/containerd.js";
import { kubelet } from "../../../../../../sandbox/nodes/real/programs/kubelet.js";
import { hostNames } from "../../../../../../sandbox/nodes/real/layout.js";
import { dns, kubeProxy } from "../../../../../../sandbox/nodes/real/programs/service-programs.js";
import { sandboxPaths, type SandboxPaths } from "../../../../../../sandbox/paths.js";
import { cleanUp, scratchFolder, setEnv } from "../../../scratch.js";
import { NODE } from "../node-programs.js";

describe("the programs of a real node", () => {
  let paths: SandboxPaths;
  beforeEach(() => {
    paths = sandboxPaths(scratchFolder());
    setEnv({ PATH: "/usr/bin" });
  });
  afterEach(cleanUp);

  const read = (...path: readonly string[]): string => readFileSync(join(paths.node, ...path), "utf8");

  it("containerd: state, network and sockets of its own, and the proxy as its way out", async () => {
    const component = containerd({ paths, basePort: 16440, node: NODE });
    await component.prepare?.();
    const { file, args, env, health } = component;
    assert.deepEqual(
      { file, args, env, health },
      {
        file: "/p/containerd",
        args: [`--config=${paths.node}/containerd/config.toml`],
        env: {
          PATH: "/p/bin:/usr/bin",
          HTTP_PROXY: "http://10.77.0.1:16449",
          HTTPS_PROXY: "http://10.77.0.1:16449",
        },
        health: { url: "http://10.77.0.2:1338/v1/metrics" },
      },
    );
    const config = read("containerd", "config.toml").split("\n");
    for (const line of [
      `root = "${paths.node}/containerd/root"`,
      'state = "/run/containerd"',
      'address = "/run/containerd/containerd.sock"',
      'sandbox_image = "ed8k.local/pause:1"',
      'bin_dir = "/p/cni"',
      `conf_dir = "${paths.node}/containerd/cni"`,
      "disable_apparmor = true",
    ]) {
      assert.ok(config.includes(line), line);
    }
    assert.deepEqual(JSON.parse(read("containerd", "cni", "10-ed8k.conflist")), {
      cniVersion: "1.0.0",
      name: "ed8k",
      plugins: [
        {
          type: "ptp",
          ipMasq: false,
          ipam: {
            type: "host-local",
            ranges: [[{ subnet: "10.77.16.0/20" }]],
            routes: [{ dst: "0.0.0.0/0" }],
            dataDir: "/run/cni-addresses",
          },
        },
      ],
    });
  });

  it("kubelet: folders, control group and addresses of its own; nobody but the API server is let in", async () => {
    const component = kubelet(paths, NODE);
    await component.prepare?.();
    const folder = join(paths.node, "kubelet");
    assert.deepEqual(component.args.slice(0, 6), [
      `--config=${folder}/config.json`,
      `--kubeconfig=${paths.certificates}/node-ed8k-real.kubeconfig`,
      `--root-dir=${folder}`,
      `--cert-dir=${folder}/certificates`,
      "--hostname-override=ed8k-real",
      "--node-ip=10.77.0.2",
    ]);
    assert.match(component.args[6] ?? "", /^--node-labels=ed8k\.dev\/nodes=real,/);
    const config = JSON.parse(read("kubelet", "config.json")) as Readonly<Record<string, unknown>>;
    assert.deepEqual(config["authentication"], {
      anonymous: { enabled: false },
      webhook: { enabled: false },
      x509: { clientCAFile: `${paths.certificates}/kubelet-client.crt` },
    });
    assert.equal(config["cgroupRoot"], `/${hostNames(paths.folder).cgroup}`);
    assert.deepEqual(config["clusterDNS"], ["10.77.32.10"]);
    assert.equal(config["address"], "10.77.0.2");
    assert.equal(config["imageGCHighThresholdPercent"], 100);
    assert.equal(config["resolvConf"], `${folder}/resolv.conf`);
    assert.equal(read("kubelet", "resolv.conf"), "");
    assert.deepEqual(component.health, { url: "http://10.77.0.2:10248/healthz" });
  });

  it("kube-proxy: nftables, and no setting of the whole kernel", async () => {
    const component = kubeProxy(paths, NODE);
    await component.prepare?.();
    assert.deepEqual(component.args, [`--config=${paths.node}/kube-proxy.json`]);
    const config = JSON.parse(read("kube-proxy.json")) as Readonly<Record<string, unknown>>;
    assert.equal(config["mode"], "nftables");
    assert.equal(config["clusterCIDR"], "10.77.16.0/20");
    assert.deepEqual(config["conntrack"], {
      maxPerCore: 0,
      min: 0,
      tcpEstablishedTimeout: "0s",
      tcpCloseWaitTimeout: "0s",
    });
    assert.deepEqual(config["clientConnection"], { kubeconfig: `${paths.certificates}/kube-proxy.kubeconfig` });
    assert.deepEqual(component.health, { url: "http://10.77.0.2:10256/livez" });
  });

  it("DNS: the cluster's names alone", async () => {
    const component = dns(paths, NODE);
    await component.prepare?.();
    assert.deepEqual(component.args, [`-conf=${paths.node}/Corefile`]);
    assert.equal(
      read("Corefile"),
      `.:53 {
  errors
  ready 10.77.0.2:8181
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    kubeconfig "${paths.certificates}/ed8k-dns.kubeconfig"
    ttl 5
  }
}
`,
    );
    assert.deepEqual(component.health, { url: "http://10.77.0.2:8181/ready" });
  });
});
