import type { Json, JsonObject } from "../../../kube/manifest.js";
import { asList, asText } from "../../../kube/object.js";
import { valueAt } from "../../render/paths.js";
import type { Finding, Refusal } from "../context.js";
import { podTemplatePath } from "../kinds.js";
import { asObject, nameOf, objectsIn } from "../manifests.js";
import { CONTAINER_LISTS } from "../pods.js";

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline */
const CAPABILITIES = [
  "AUDIT_WRITE",
  "CHOWN",
  "DAC_OVERRIDE",
  "FOWNER",
  "FSETID",
  "KILL",
  "MKNOD",
  "NET_BIND_SERVICE",
  "SETFCAP",
  "SETGID",
  "SETPCAP",
  "SETUID",
  "SYS_CHROOT",
];
const SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];
const SELINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];
const PROFILES = ["RuntimeDefault", "Localhost"];
const APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

/** What a value under a pod's spec must not be, where it is there at all; null is the same as nothing everywhere. */
interface Check {
  readonly path: readonly string[];
  readonly isAllowed: (value: Json) => boolean;
  readonly allowed: string;
}

const SECURITY_CONTEXT: readonly Check[] = [
  { path: ["securityContext", "seccompProfile", "type"], ...oneOf(PROFILES) },
  { path: ["securityContext", "appArmorProfile", "type"], ...oneOf(PROFILES) },
  { path: ["securityContext", "seLinuxOptions", "type"], ...oneOf(SELINUX_TYPES) },
  { path: ["securityContext", "seLinuxOptions", "user"], ...oneOf([""]) },
  { path: ["securityContext", "seLinuxOptions", "role"], ...oneOf([""]) },
  { path: ["securityContext", "windowsOptions", "hostProcess"], ...oneOf([false]) },
];
const POD: readonly Check[] = [
  ...["hostNetwork", "hostPID", "hostIPC"].map((field) => ({ path: [field], ...oneOf([false]) })),
  ...SECURITY_CONTEXT,
];
const CONTAINER: readonly Check[] = [
  { path: ["securityContext", "privileged"], ...oneOf([false]) },
  { path: ["securityContext", "procMount"], ...oneOf(["Default"]) },
  ...SECURITY_CONTEXT,
];

function oneOf(values: readonly Json[]): Omit<Check, "path"> {
  return {
    isAllowed: (value) => values.includes(value),
    allowed: values.map((value) => JSON.stringify(value)).join(", "),
  };
}

/** What the namespace's Pod Security level (`baseline`) would refuse; told before anything is created, and with the place. */
export const refuseUnsafePods: Refusal = (manifest) => {
  const template = podTemplatePath(manifest);
  if (template === undefined) return [];
  const at = [...template, "spec"];
  const spec = asObject(valueAt(manifest, at));
  const found = [
    ...check(spec, POD, at),
    ...sysctls(spec, at),
    ...volumes(spec, at),
    ...annotations(asObject(valueAt(manifest, [...template, "metadata", "annotations"])), template),
    ...CONTAINER_LISTS.flatMap((list) =>
      objectsIn(spec[list]).flatMap((container, index) => containerFindings(container, [...at, list, index])),
    ),
  ];
  return found.map((finding) => ({ ...finding, problem: `${nameOf(manifest)}: ${finding.problem}` }));
};

const HINT = "environments run with Pod Security baseline; change the chart's values so that it does without";

type Path = Finding["path"];

function finding(path: Path, value: Json | undefined, allowed: string): Finding {
  const field = path.filter((step) => typeof step === "string").slice(-2);
  return {
    path,
    problem: `${field.join(".")} ${JSON.stringify(value)} is not allowed; allowed: ${allowed}`,
    hint: HINT,
  };
}

function check(value: JsonObject, checks: readonly Check[], at: Path): Finding[] {
  return checks.flatMap(({ path, isAllowed, allowed }) => {
    const found = valueAt(value, path);
    if (found === undefined || found === null || isAllowed(found)) return [];
    return [finding([...at, ...path], found, allowed)];
  });
}

function containerFindings(container: JsonObject, at: Path): Finding[] {
  const added = asList(valueAt(container, ["securityContext", "capabilities", "add"]));
  return [
    ...check(container, CONTAINER, at),
    ...added.flatMap((capability, index) =>
      CAPABILITIES.includes(asText(capability))
        ? []
        : [finding([...at, "securityContext", "capabilities", "add", index], capability, CAPABILITIES.join(", "))],
    ),
    ...objectsIn(container["ports"]).flatMap(({ hostPort }, index) =>
      (hostPort ?? 0) === 0 ? [] : [finding([...at, "ports", index, "hostPort"], hostPort, "none")],
    ),
    ...hostsOfProbes(container, at),
  ];
}

/** A probe with a `host` makes the node call whatever address the pod wishes. */
function hostsOfProbes(container: JsonObject, at: Path): Finding[] {
  const handlers = [
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => [probe]),
    ...["postStart", "preStop"].map((hook) => ["lifecycle", hook]),
  ];
  return handlers.flatMap((handler) =>
    ["httpGet", "tcpSocket"].flatMap((action) => {
      const path = [...handler, action, "host"];
      const host = valueAt(container, path);
      return (host ?? "") === "" ? [] : [finding([...at, ...path], host, "none")];
    }),
  );
}

function sysctls(spec: JsonObject, at: Path): Finding[] {
  const path = ["securityContext", "sysctls"];
  return objectsIn(valueAt(spec, path)).flatMap(({ name }, index) =>
    SYSCTLS.includes(asText(name)) ? [] : [finding([...at, ...path, index, "name"], name, SYSCTLS.join(", "))],
  );
}

function volumes(spec: JsonObject, at: Path): Finding[] {
  return objectsIn(spec["volumes"]).flatMap((volume, index) => {
    const hostPath = volume["hostPath"];
    if (hostPath === undefined || hostPath === null) return [];
    const folder = asObject(hostPath)["path"];
    const problem = `the volume "${asText(volume["name"])}" is the folder ${asText(folder)} of the node (hostPath); allowed are emptyDir, configMap, secret, persistentVolumeClaim, projected`;
    return [{ path: [...at, "volumes", index, "hostPath"], problem, hint: HINT }];
  });
}

function annotations(values: JsonObject, template: readonly string[]): Finding[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const isAllowed = value === "runtime/default" || asText(value).startsWith("localhost/");
    if (!key.startsWith(APPARMOR) || isAllowed) return [];
    return [finding([...template, "metadata", "annotations", key], value, "runtime/default, localhost/…")];
  });
}
