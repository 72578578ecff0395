import type { RealNodeSettings } from "../../../../../sandbox/records/settings.js";

/** A real node's settings whose programs are nowhere. */
export const NODE: RealNodeSettings = {
  prefix: "10.77",
  tools: { kubelet: "/t/kubelet", "kube-proxy": "/t/kube-proxy", dns: "/t/dns" },
  programs: {
    containerd: "/p/containerd",
    ctr: "/p/ctr",
    path: "/p/bin",
    cni: "/p/cni",
  },
  images: [],
  unpackedImages: "/c/none",
};
