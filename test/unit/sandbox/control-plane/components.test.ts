import assert from "node:assert/strict";
import { controlPlane } from "../../../../sandbox/control-plane/components.js";
import { NODE } from "../nodes/real/node-programs.js";
import { sandboxPaths } from "../../../../sandbox/paths.js";

describe("the control plane", () => {
  const tools = {
    etcd: "/t/etcd",
    "kube-apiserver": "/t/kube-apiserver",
    "kube-controller-manager": "/t/kube-controller-manager",
    "kube-scheduler": "/t/kube-scheduler",
    kwok: "/t/kwok",
  };
  const plane = controlPlane(
    { basePort: 20000, nodes: { real: false, simulated: 3, reason: "so" }, tools },
    sandboxPaths("/s"),
  );
  const parts = [plane.etcd, plane.apiServer, plane.controllerManager, plane.scheduler];

  it("listens on loopback and on sockets in its folder only", () => {
    const args = parts.flatMap(({ args }) => args);
    const listening = args.filter((arg) => /listen|bind-address|advertise|secure-port|etcd-servers/.test(arg)).sort();
    assert.deepEqual(listening, [
      "--advertise-address=127.0.0.1",
      "--advertise-client-urls=http://127.0.0.1:20001",
      "--bind-address=127.0.0.1",
      "--bind-address=127.0.0.1",
      "--bind-address=127.0.0.1",
      "--etcd-servers=unix://etcd.sock",
      "--initial-advertise-peer-urls=http://127.0.0.1:20001",
      "--listen-client-urls=unix://etcd.sock",
      "--listen-metrics-urls=http://127.0.0.1:20001",
      "--listen-peer-urls=unix://etcd-peer.sock",
      "--secure-port=20003",
      "--secure-port=20004",
      "--secure-port=20005",
    ]);
  });

  it("tells pods and the node of a real node's own addresses, and still listens on loopback only", () => {
    const realNode = { ...NODE, images: [] };
    const nodes = { real: true, simulated: 0, reason: "so" };
    const { args } = controlPlane({ basePort: 20000, nodes, tools, realNode }, sandboxPaths("/s")).apiServer;
    const chosen = args.filter((arg) => /^--(bind|advertise|service-cluster|kubelet|authorization|enable)/.test(arg));
    assert.deepEqual(chosen, [
      "--bind-address=127.0.0.1",
      "--advertise-address=10.77.0.1",
      "--service-cluster-ip-range=10.77.32.0/20",
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--kubelet-client-certificate=/s/certificates/kubelet-client.crt",
      "--kubelet-client-key=/s/certificates/kubelet-client.key",
      "--kubelet-preferred-address-types=ExternalIP,InternalIP",
    ]);
  });

  it("asks the front about EKS' tokens where the sandbox plays AWS", () => {
    const nodes = { real: false, simulated: 3, reason: "so" };
    const aws = { python: "", packages: "", charts: "", missingCharts: [] };
    const logins = (args: readonly string[]): readonly string[] => args.filter((arg) => arg.includes("-webhook-"));
    const withAws = controlPlane({ basePort: 20000, nodes, tools, aws }, sandboxPaths("/s"));
    assert.deepEqual(logins(withAws.apiServer.args), [
      "--authentication-token-webhook-config-file=/s/aws/token-review.kubeconfig",
      "--authentication-token-webhook-version=v1",
      "--authentication-token-webhook-cache-ttl=10s",
    ]);
    assert.deepEqual(logins(plane.apiServer.args), []);
  });

  it("has a health check for every part", () => {
    const certificate = "/s/certificates/apiserver.crt";
    assert.deepEqual(
      parts.map(({ name, file, health }) => ({ name, file, health })),
      [
        { name: "etcd", file: "/t/etcd", health: { url: "http://127.0.0.1:20001/readyz" } },
        {
          name: "kube-apiserver",
          file: "/t/kube-apiserver",
          health: { url: "https://127.0.0.1:20003/readyz", certificate },
        },
        {
          name: "kube-controller-manager",
          file: "/t/kube-controller-manager",
          health: { url: "https://127.0.0.1:20004/healthz", certificate },
        },
        {
          name: "kube-scheduler",
          file: "/t/kube-scheduler",
          health: { url: "https://127.0.0.1:20005/healthz", certificate },
        },
      ],
    );
  });
});
