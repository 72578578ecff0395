import { generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readIfThere, writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";

/** Who may speak to the API server, by token; the rights of the two components come with Kubernetes itself. */
const USERS = {
  "ed8k-admin": "system:masters",
  "system:kube-controller-manager": undefined,
  "system:kube-scheduler": undefined,
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
}

export function credentialFiles({ certificates: folder }: SandboxPaths): CredentialFiles {
  return {
    folder,
    certificate: join(folder, "apiserver.crt"),
    key: join(folder, "apiserver.key"),
    tokens: join(folder, "tokens.csv"),
    serviceAccountKey: join(folder, "service-account.key"),
    serviceAccountPublicKey: join(folder, "service-account.pub"),
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
