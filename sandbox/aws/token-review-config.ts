import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";
import { sandboxPorts } from "../ports.js";

/** The file that tells the API server who checks EKS' tokens. */
export function tokenReviewFile({ aws }: SandboxPaths): string {
  return join(aws, "token-review.kubeconfig");
}

/** Writes it; before the API server is started, which reads it once. */
export function writeTokenReviewFile(paths: SandboxPaths, basePort: number): void {
  const server = `http://127.0.0.1:${sandboxPorts(basePort).aws}/_ed8k/token-review`;
  const name = "eks";
  mkdirSync(paths.aws, { recursive: true, mode: 0o700 });
  writeAtomically(
    tokenReviewFile(paths),
    stringify({
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [{ name, cluster: { server } }],
      users: [{ name, user: {} }],
    }),
  );
}

/** How long the API server keeps an answer: a right that was taken away is gone so soon. EKS keeps it for longer. */
const CACHE_TTL = "10s";

/** The API server's flags. */
export function tokenReviewFlags(paths: SandboxPaths): readonly string[] {
  return [
    `--authentication-token-webhook-config-file=${tokenReviewFile(paths)}`,
    "--authentication-token-webhook-version=v1",
    `--authentication-token-webhook-cache-ttl=${CACHE_TTL}`,
  ];
}
