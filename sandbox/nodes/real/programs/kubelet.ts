import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../../machine/files.js";
import type { SandboxPaths } from "../../../paths.js";
import type { RealNodeSettings } from "../../../records/settings.js";
import type { Component } from "../../../supervision/component.js";
import { credentialFiles, KUBELET_USER } from "../../../control-plane/credentials.js";
import { kubeconfigFile } from "../../../control-plane/kubeconfigs.js";
import { nodeLabels, ZONES } from "../../kinds.js";
import { CONTAINERD_SOCKET } from "./containerd.js";
import { CLUSTER_DOMAIN, hostNames, NODE_PORTS, nodeAddresses, REAL_NODE } from "../layout.js";
import { programEnvironment } from "./program-environment.js";

/** Runs the pods that the node was given. */
export function kubelet(paths: SandboxPaths, { tools, programs, prefix }: RealNodeSettings): Component {
  const folder = join(paths.node, "kubelet");
  const config = join(folder, "config.json");
  const { node: address } = nodeAddresses(prefix);
  return {
    name: "kubelet",
    file: tools.kubelet,
    args: [
      `--config=${config}`,
      `--kubeconfig=${kubeconfigFile(KUBELET_USER, paths)}`,
      `--root-dir=${folder}`,
      `--cert-dir=${join(folder, "certificates")}`,
      `--hostname-override=${REAL_NODE}`,
      `--node-ip=${address}`,
      `--node-labels=${Object.entries(nodeLabels("real", ZONES[0]))
        .map(([name, value]) => `${name}=${value}`)
        .join(",")}`,
    ],
    env: programEnvironment(programs),
    health: { url: `http://${address}:${NODE_PORTS.kubeletHealth}/healthz` },
    prepare: () => {
      mkdirSync(folder, { recursive: true });
      const resolver = join(folder, "resolv.conf");
      // Pods ask the cluster's DNS; the node itself knows no other.
      writeAtomically(resolver, "");
      writeAtomically(config, JSON.stringify(configuration({ paths, prefix, folder, resolver }), undefined, 2));
      return Promise.resolve();
    },
  };
}

interface Configuration {
  readonly paths: SandboxPaths;
  readonly prefix: string;
  readonly folder: string;
  readonly resolver: string;
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
function configuration({ paths, prefix, folder, resolver }: Configuration): unknown {
  const { node: address, dns } = nodeAddresses(prefix);
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address,
    port: NODE_PORTS.kubelet,
    healthzBindAddress: address,
    healthzPort: NODE_PORTS.kubeletHealth,
    // Whoever has the API server's certificate may do everything, nobody else anything.
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: false },
      x509: { clientCAFile: credentialFiles(paths).kubeletClientCertificate },
    },
    authorization: { mode: "AlwaysAllow" },
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: `/${hostNames(paths.folder).cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    // Lower ones need CAP_SYS_RESOURCE, and the host's own programs are no less worth.
    oomScoreAdj: 0,
    makeIPTablesUtilChains: false,
    clusterDNS: [dns],
    clusterDomain: CLUSTER_DOMAIN,
    resolvConf: resolver,
    volumePluginDir: join(folder, "plugins-of-volumes"),
    serializeImagePulls: false,
    maxPods: 250,
    // Those made here cannot be pulled again.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      "memory.available": "100Mi",
      "nodefs.available": "1%",
      "nodefs.inodesFree": "1%",
      "imagefs.available": "1%",
      "imagefs.inodesFree": "1%",
    },
  };
}
