#!/bin/bash
# Imports images into a containerd that runs for that alone, and leaves what it has kept. It runs in mount, PID and
# network namespaces of its own, which end with it.
# Variables: ROOT, CONFIG, CONTAINERD, CTR. Arguments: archives.
set -euo pipefail

mount -t tmpfs -o mode=755 tmpfs /run
ctr=("$CTR" --address=/run/containerd/containerd.sock --namespace=k8s.io)
cat >"$CONFIG" <<END
version = 2
root = "$ROOT"
state = "/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
address = "/run/containerd/containerd.sock"
END

"$CONTAINERD" --config="$CONFIG" --log-level=warn &
containerd=$!
until "${ctr[@]}" images list >/dev/null 2>&1; do
  kill -0 "$containerd"
  sleep 0.05
done
for archive in "$@"; do "${ctr[@]}" images import "$archive" >/dev/null; done
kill "$containerd"
wait "$containerd"
