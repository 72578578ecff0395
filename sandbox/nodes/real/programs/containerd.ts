import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PAUSE } from "../../../images/definitions/pause.js";
import { writeAtomically } from "../../../machine/files.js";
import type { SandboxPaths } from "../../../paths.js";
import type { RealNodeSettings } from "../../../records/settings.js";
import type { Component } from "../../../supervision/component.js";
import { sandboxPorts } from "../../../ports.js";
import { NODE_PORTS, nodeAddresses } from "../layout.js";
import { programEnvironment } from "./program-environment.js";
import { linkImages } from "../images/unpacked-images.js";

export const CONTAINERD_SOCKET = "/run/containerd/containerd.sock";

interface ContainerdOptions {
  readonly paths: SandboxPaths;
  readonly basePort: number;
  readonly node: RealNodeSettings;
}

/** Runs containers; its socket is in the node's own /run. */
export function containerd({ paths, basePort, node }: ContainerdOptions): Component {
  const { programs, prefix } = node;
  const { node: address, host } = nodeAddresses(prefix);
  const folder = join(paths.node, "containerd");
  const config = join(folder, "config.toml");
  const network = join(folder, "cni");
  return {
    name: "containerd",
    file: programs.containerd,
    args: [`--config=${config}`],
    env: { ...programEnvironment(programs), ...proxyEnvironment(`http://${host}:${sandboxPorts(basePort).egress}`) },
    health: { url: `http://${address}:${NODE_PORTS.containerdMetrics}/v1/metrics` },
    prepare: async () => {
      mkdirSync(network, { recursive: true });
      writeAtomically(join(network, "10-ed8k.conflist"), JSON.stringify(networkConfiguration(prefix), undefined, 2));
      writeAtomically(config, containerdConfiguration({ folder, network, address, plugins: programs.cni }));
      await linkImages(node.unpackedImages, join(folder, "root"));
    },
  };
}

/** Go's programs read both spellings; https://pkg.go.dev/golang.org/x/net/http/httpproxy#FromEnvironment */
function proxyEnvironment(proxy: string): Readonly<Record<string, string>> {
  return { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
}

interface Configuration {
  readonly folder: string;
  readonly network: string;
  readonly address: string;
  /** Folder with the CNI plugins. */
  readonly plugins: string;
}

/** https://github.com/containerd/containerd/blob/v1.6.20/docs/cri/config.md */
function containerdConfiguration({ folder, network, address, plugins }: Configuration): string {
  return `version = 2
root = ${quoted(join(folder, "root"))}
state = "/run/containerd"
oom_score = 0
# Of no use here; the first would make folders in /opt, on the host.
disabled_plugins = [
  "io.containerd.internal.v1.opt",
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
]

[grpc]
address = "${CONTAINERD_SOCKET}"

[metrics]
address = "${address}:${NODE_PORTS.containerdMetrics}"

[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "${PAUSE.reference}"
# Where root may not lower it (CAP_SYS_RESOURCE), containers start all the same.
restrict_oom_score_adj = true
# Profiles would be loaded into the kernel, which the host shares.
disable_apparmor = true

[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = ${quoted(plugins)}
conf_dir = ${quoted(network)}

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
`;
}

/**
 * Each pod has a link of its own to the node, and everything is routed. On a bridge, answers between pods would pass
 * by the rules of Services, unless the host loads the module br_netfilter. https://www.cni.dev/plugins/current/main/ptp/
 */
function networkConfiguration(prefix: string): unknown {
  const ipam = {
    type: "host-local",
    ranges: [[{ subnet: nodeAddresses(prefix).pods }]],
    routes: [{ dst: "0.0.0.0/0" }],
    // Goes with the node, as the pods do.
    dataDir: "/run/cni-addresses",
  };
  return {
    cniVersion: "1.0.0",
    name: "ed8k",
    plugins: [{ type: "ptp", ipMasq: false, ipam }],
  };
}

/** A basic string of TOML, whose escapes are those of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
