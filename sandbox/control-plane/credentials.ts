import { generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readIfThere, writeAtomically } from "../machine/files.js";
import { REAL_NODE } from "../nodes/real/layout.js";
import type { SandboxPaths } from "../paths.js";
import { selfSigned } from "./self-signed.js";

/** The kubelet of a real node. https://kubernetes.io/docs/reference/access-authn-authz/node/ */
export const KUBELET_USER = `system:node:${REAL_NODE}` as const;

/** Who may speak to the API server, by token; the rights of all but DNS come with Kubernetes itself. */
const USERS = {
  "ed8k-admin": "system:masters",
  "system:kube-controller-manager": undefined,
  "system:kube-scheduler": undefined,
  [KUBELET_USER]: "system:nodes",
  "system:kube-proxy": undefined,
  "ed8k:dns": undefined,
} as const;

export type KubeUserName = keyof typeof USERS;

/** The API server makes a certificate for a year when there is none; one that ends soon is removed for that. */
const RENEW_MS = 30 * 24 * 60 * 60 * 1000;

/** The files by which the parts of the control plane know each other. */
export interface CredentialFiles {
  readonly folder: string;
  /** Made by the API server at its first start; it holds the authority's certificate as well. */
  readonly certificate: string;
  readonly key: string;
  readonly tokens: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  /** By it the kubelet of a real node knows the API server: whoever has its key may do everything there. */
  readonly kubeletClientCertificate: string;
  readonly kubeletClientKey: string;
}

export function credentialFiles({ certificates: folder }: SandboxPaths): CredentialFiles {
  return {
    folder,
    certificate: join(folder, "apiserver.crt"),
    key: join(folder, "apiserver.key"),
    tokens: join(folder, "tokens.csv"),
    serviceAccountKey: join(folder, "service-account.key"),
    serviceAccountPublicKey: join(folder, "service-account.pub"),
    kubeletClientCertificate: join(folder, "kubelet-client.crt"),
    kubeletClientKey: join(folder, "kubelet-client.key"),
  };
}

/** Makes tokens and keys where there are none; what is there stays, or every client would be locked out. */
export function createCredentials(files: CredentialFiles, now = Date.now()): void {
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  if (!existsSync(files.tokens)) writeAtomically(files.tokens, tokenFile());
  if (!existsSync(files.serviceAccountKey)) {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeAtomically(files.serviceAccountPublicKey, publicKey.export({ type: "spki", format: "pem" }).toString());
    writeAtomically(files.serviceAccountKey, privateKey.export({ type: "pkcs1", format: "pem" }).toString());
  }
  if (endsBefore(files.certificate, now + RENEW_MS)) {
    rmSync(files.certificate);
    rmSync(files.key, { force: true });
  }
  createKubeletClient(files, now);
}

/** The key first: a certificate without its key would be taken for a finished pair. */
function createKubeletClient({ kubeletClientCertificate, kubeletClientKey }: CredentialFiles, now: number): void {
  if (existsSync(kubeletClientCertificate) && !endsBefore(kubeletClientCertificate, now + RENEW_MS)) return;
  const { certificate, key } = selfSigned("kube-apiserver-kubelet-client", now);
  writeAtomically(kubeletClientKey, key);
  writeAtomically(kubeletClientCertificate, certificate);
}

/** A user's token. It is a secret. */
export function tokenOf(user: KubeUserName, files: CredentialFiles): string {
  const row = readFileSync(files.tokens, "utf8")
    .split("\n")
    .find((line) => line.split(",")[1] === user);
  return row?.split(",")[0] ?? "";
}

/** Rows of `token,user,uid,"group"`. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#static-token-file */
function tokenFile(): string {
  return Object.entries(USERS)
    .map(([user, group]) => [randomBytes(32).toString("hex"), user, user, ...(group ? [`"${group}"`] : [])].join(","))
    .join("\n");
}

function endsBefore(file: string, time: number): boolean {
  const pem = readIfThere(file);
  return pem !== undefined && Date.parse(new X509Certificate(pem).validTo) < time;
}
