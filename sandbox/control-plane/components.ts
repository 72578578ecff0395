import { tokenReviewFlags } from "../aws/token-review-config.js";
import { nodeAddresses } from "../nodes/real/layout.js";
import type { SandboxPaths } from "../paths.js";
import { type Ports, sandboxPorts } from "../ports.js";
import type { Settings } from "../records/settings.js";
import type { Component } from "../supervision/component.js";
import { type CredentialFiles, credentialFiles } from "./credentials.js";
import { kubeconfigFile } from "./kubeconfigs.js";

/** The programs of the control plane. */
export interface ControlPlane {
  readonly etcd: Component;
  readonly apiServer: Component;
  readonly controllerManager: Component;
  readonly scheduler: Component;
}

/**
 * A socket in the sandbox's folder, where all components run: the store knows no passwords, and only the owner of the
 * folder reaches it. Relative, because the path of a socket may not be longer than 108 bytes.
 */
const ETCD_SOCKET = "unix://etcd.sock";
const ETCD_PEER_SOCKET = "unix://etcd-peer.sock";

/** What the control plane consists of, with every flag; why they are so: docs/sandbox.md. */
export function controlPlane(settings: Settings, paths: SandboxPaths): ControlPlane {
  const context = {
    tools: settings.tools,
    ports: sandboxPorts(settings.basePort),
    paths,
    files: credentialFiles(paths),
    prefix: settings.realNode?.prefix,
    logins: settings.aws === undefined ? [] : tokenReviewFlags(paths),
  };
  return {
    etcd: etcd(context),
    apiServer: apiServer(context),
    controllerManager: controllerManager(context),
    scheduler: scheduler(context),
  };
}

interface Context {
  readonly tools: Settings["tools"];
  readonly ports: Ports;
  readonly paths: SandboxPaths;
  readonly files: CredentialFiles;
  /** Of the addresses of the real node, where there is one. */
  readonly prefix: string | undefined;
  /** Flags by which EKS' tokens are checked. */
  readonly logins: readonly string[];
}

function etcd({ tools, ports, paths }: Context): Component {
  // Only told to other members, of which there are none; sockets are not accepted here.
  const advertised = `http://127.0.0.1:${ports.etcd}`;
  return {
    name: "etcd",
    file: tools.etcd,
    args: [
      "--name=ed8k",
      `--data-dir=${paths.etcd}`,
      // A development cluster that a power cut damages is made anew; waiting for the disk would slow down everything.
      "--unsafe-no-fsync",
      "--log-level=warn",
      // The only member elects itself; the default of 1 s is for members that are far from each other.
      "--heartbeat-interval=10",
      "--election-timeout=100",
      `--listen-client-urls=${ETCD_SOCKET}`,
      `--listen-peer-urls=${ETCD_PEER_SOCKET}`,
      `--advertise-client-urls=${advertised}`,
      `--initial-advertise-peer-urls=${advertised}`,
      `--initial-cluster=ed8k=${advertised}`,
      // Health and metrics, no data.
      `--listen-metrics-urls=http://127.0.0.1:${ports.etcd}`,
      "--auto-compaction-mode=revision",
      "--auto-compaction-retention=1000",
    ],
    health: { url: `http://127.0.0.1:${ports.etcd}/readyz` },
  };
}

function apiServer({ tools, ports, files, prefix, logins }: Context): Component {
  const { advertised, services } = addressesFor(prefix);
  return {
    name: "kube-apiserver",
    file: tools["kube-apiserver"],
    args: [
      `--etcd-servers=${ETCD_SOCKET}`,
      "--bind-address=127.0.0.1",
      `--secure-port=${ports.apiServer}`,
      // Without these two it does not start on a machine that has no network but loopback.
      `--advertise-address=${advertised}`,
      "--endpoint-reconciler-type=none",
      `--service-cluster-ip-range=${services}`,
      "--authorization-mode=Node,RBAC",
      "--enable-admission-plugins=NodeRestriction",
      "--allow-privileged=true",
      `--cert-dir=${files.folder}`,
      `--token-auth-file=${files.tokens}`,
      ...logins,
      "--service-account-issuer=https://kubernetes.default.svc",
      `--service-account-key-file=${files.serviceAccountPublicKey}`,
      `--service-account-signing-key-file=${files.serviceAccountKey}`,
      `--kubelet-client-certificate=${files.kubeletClientCertificate}`,
      `--kubelet-client-key=${files.kubeletClientKey}`,
      // Simulated nodes have an external address, at which kwok answers; real ones have no other than their own.
      "--kubelet-preferred-address-types=ExternalIP,InternalIP",
      "--profiling=false",
    ],
    health: { url: `https://127.0.0.1:${ports.apiServer}/readyz`, certificate: files.certificate },
  };
}

/**
 * The address that the certificate is made for, beside 127.0.0.1, and the range of Services: EKS' own where no packet is
 * ever sent there.
 */
function addressesFor(prefix: string | undefined): { readonly advertised: string; readonly services: string } {
  if (prefix === undefined) return { advertised: "127.0.0.1", services: "172.20.0.0/16" };
  const { host, services } = nodeAddresses(prefix);
  return { advertised: host, services };
}

function controllerManager({ tools, ports, paths, files }: Context): Component {
  return {
    name: "kube-controller-manager",
    file: tools["kube-controller-manager"],
    args: [
      `--kubeconfig=${kubeconfigFile("system:kube-controller-manager", paths)}`,
      `--secure-port=${ports.controllerManager}`,
      ...clientOfApiServer(files),
      "--use-service-account-credentials=true",
      `--service-account-private-key-file=${files.serviceAccountKey}`,
      `--root-ca-file=${files.certificate}`,
    ],
    health: { url: `https://127.0.0.1:${ports.controllerManager}/healthz`, certificate: files.certificate },
  };
}

function scheduler({ tools, ports, paths, files }: Context): Component {
  return {
    name: "kube-scheduler",
    file: tools["kube-scheduler"],
    args: [
      `--kubeconfig=${kubeconfigFile("system:kube-scheduler", paths)}`,
      `--secure-port=${ports.scheduler}`,
      ...clientOfApiServer(files),
    ],
    health: { url: `https://127.0.0.1:${ports.scheduler}/healthz`, certificate: files.certificate },
  };
}

/** Flags that both clients of the API server share; their port answers health checks only. */
function clientOfApiServer({ certificate, key }: CredentialFiles): readonly string[] {
  return [
    "--bind-address=127.0.0.1",
    `--tls-cert-file=${certificate}`,
    `--tls-private-key-file=${key}`,
    // There is one of each, so nothing to elect.
    "--leader-elect=false",
    "--profiling=false",
    "--kube-api-qps=200",
    "--kube-api-burst=400",
  ];
}
