#!/bin/bash
# The first process of a real node. It runs in mount, PID, UTS and IPC namespaces of its own; here it gives itself a
# network as well, joins it to the host's by one link, and hides behind private folders what programs in the node would
# else change on the host. When it ends, the kernel ends and removes all of the node.
# Variables: FOLDER, READY, NODE_NAME, LINK, HOST_ADDRESS, NODE_ADDRESS, PODS, SERVICES, API_PORT, EGRESS_PORT.
set -euo pipefail

# Still in the host's network: the link's end there, and the routes to pods and Services.
join_host() {
  ip link delete "$LINK" 2>/dev/null || true
  unshare --net sleep infinity &
  local holder=$!
  while [ "$(readlink "/proc/$holder/ns/net")" = "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done
  ip link add "$LINK" type veth peer name node netns "$holder"
  ip address add "$HOST_ADDRESS/24" dev "$LINK"
  ip link set "$LINK" up
  ip route add "$PODS" via "$NODE_ADDRESS"
  ip route add "$SERVICES" via "$NODE_ADDRESS"
  HOLDER=$holder exec nsenter "--net=/proc/$holder/ns/net" bash "$0" inside
}

# A folder of the host that the node sees as its own.
private() {
  mkdir -p "$FOLDER$1"
  [ -d "$1" ] || give_names_to "$(dirname "$1")"
  mkdir -p "$1"
  mount --bind "$FOLDER$1" "$1"
}

# Lets names be added to a folder of the host, for the node alone: its content moves onto a file system in memory.
give_names_to() {
  mkdir -p "/run/host$1"
  mount --rbind "$1" "/run/host$1"
  mount -t tmpfs -o mode=755 tmpfs "$1"
  local entry
  for entry in "/run/host$1"/*/; do
    [ -d "$entry" ] || continue
    mkdir "$1/$(basename "$entry")"
    mount --rbind "$entry" "$1/$(basename "$entry")"
  done
}

# A setting of the whole kernel that kubelet would write: it finds the value that it wants, and leaves it.
pretend() {
  local file="/run/sysctl/${1//\//.}"
  mkdir -p /run/sysctl
  echo "$2" >"$file"
  mount --bind "$file" "/proc/sys/$1"
}

# What listens on every address of the host is not the node's business: pods reach the API server there, the node itself
# the way to registries as well, and what the host has asked is answered.
close_host() {
  nft --file - <<END
table ip ed8k {
  chain from-pods {
    type filter hook forward priority filter
    oifname != "node" accept
    ct state established,related accept
    tcp dport != $API_PORT reject with tcp reset
    meta l4proto != tcp reject
  }
  chain from-node {
    type filter hook output priority filter
    oifname != "node" accept
    ct state established,related accept
    tcp dport != { $API_PORT, $EGRESS_PORT } reject with tcp reset
    meta l4proto != tcp reject
  }
}
END
}

if [ "${1:-}" != inside ]; then join_host; fi

kill "$HOLDER"
hostname "$NODE_NAME"
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/cgroup
mount --rbind /sys/fs/cgroup /run/cgroup
mount -t sysfs sysfs /sys
mount --rbind /run/cgroup /sys/fs/cgroup
umount --lazy /run/cgroup

private /var/log
private /var/lib/cni
private /var/lib/kubelet

pretend vm/overcommit_memory 1
pretend vm/panic_on_oom 0
pretend kernel/panic 10
pretend kernel/panic_on_oops 1
pretend kernel/keys/root_maxkeys 1000000
pretend kernel/keys/root_maxbytes 25000000

close_host
ip link set lo up
ip address add "$NODE_ADDRESS/24" dev node
ip link set node up
echo 1 >/proc/sys/net/ipv4/ip_forward

touch "$READY"
echo "the node is ready for its programs"
trap 'exit 0' TERM
while :; do
  sleep infinity &
  wait $!
done
