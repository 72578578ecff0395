import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { kubeconfigFile } from "../../../control-plane/kubeconfigs.js";
import { writeAtomically } from "../../../machine/files.js";
import type { SandboxPaths } from "../../../paths.js";
import type { RealNodeSettings } from "../../../records/settings.js";
import type { Component } from "../../../supervision/component.js";
import { CLUSTER_DOMAIN, NODE_PORTS, nodeAddresses, REAL_NODE } from "../layout.js";
import { programEnvironment } from "./program-environment.js";

/** Leads the addresses of Services to pods. */
export function kubeProxy(paths: SandboxPaths, { tools, programs, prefix }: RealNodeSettings): Component {
  const { node: address, pods } = nodeAddresses(prefix);
  const config = join(paths.node, "kube-proxy.json");
  // https://kubernetes.io/docs/reference/config-api/kube-proxy-config.v1alpha1/
  const configuration = {
    apiVersion: "kubeproxy.config.k8s.io/v1alpha1",
    kind: "KubeProxyConfiguration",
    mode: "nftables",
    nftables: { minSyncPeriod: "100ms" },
    clusterCIDR: pods,
    hostnameOverride: REAL_NODE,
    bindAddress: address,
    healthzBindAddress: `${address}:${NODE_PORTS.proxyHealth}`,
    metricsBindAddress: "127.0.0.1:10249",
    clientConnection: { kubeconfig: kubeconfigFile("system:kube-proxy", paths) },
    oomScoreAdj: 0,
    // Anything else would be a setting of the whole kernel.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: "0s", tcpCloseWaitTimeout: "0s" },
  };
  return {
    name: "kube-proxy",
    file: tools["kube-proxy"],
    args: [`--config=${config}`],
    env: programEnvironment(programs),
    health: { url: `http://${address}:${NODE_PORTS.proxyHealth}/livez` },
    prepare: () => {
      mkdirSync(paths.node, { recursive: true });
      writeAtomically(config, JSON.stringify(configuration, undefined, 2));
      return Promise.resolve();
    },
  };
}

/** The names of Services and pods: CoreDNS with the few plugins that this needs. */
export function dns(paths: SandboxPaths, { tools, prefix }: Pick<RealNodeSettings, "tools" | "prefix">): Component {
  const { node: address } = nodeAddresses(prefix);
  const config = join(paths.node, "Corefile");
  const kubeconfig = kubeconfigFile("ed8k:dns", paths);
  // https://coredns.io/plugins/kubernetes/; other names have no answer: pods cannot reach them.
  const configuration = `.:${NODE_PORTS.dns} {
  errors
  ready ${address}:${NODE_PORTS.dnsHealth}
  kubernetes ${CLUSTER_DOMAIN} in-addr.arpa ip6.arpa {
    kubeconfig ${JSON.stringify(kubeconfig)}
    ttl 5
  }
}
`;
  return {
    name: "dns",
    file: tools.dns,
    args: [`-conf=${config}`],
    health: { url: `http://${address}:${NODE_PORTS.dnsHealth}/ready` },
    prepare: () => {
      mkdirSync(paths.node, { recursive: true });
      writeAtomically(config, configuration);
      return Promise.resolve();
    },
  };
}
