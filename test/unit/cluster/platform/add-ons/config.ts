import assert from "node:assert/strict";
import { type EksClusterConfig, parseConfig } from "../../../../../config.js";

/** The config of a cluster on EKS; `keys` are as in a stack's config, without `ed8k:`. */
export function eksConfig(keys: Readonly<Record<string, unknown>> = {}): EksClusterConfig {
  const all = {
    kind: "cluster",
    provider: "eks",
    domain: "dev.example.com",
    aws: { accounts: ["111122223333"], access: { cidrs: ["10.8.0.0/16"] } },
    eks: { developers: ["arn:aws:iam::111122223333:role/ed8k-developer"] },
    ...keys,
  };
  const raw = Object.entries(all).map(([key, value]) => [
    `ed8k:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const config = parseConfig("dev", Object.fromEntries(raw) as Record<string, string>);
  assert(config.kind === "cluster" && config.provider === "eks");
  return config;
}

/** The same with other settings of EKS. */
export function withEks(eks: Readonly<Record<string, unknown>>): EksClusterConfig {
  return eksConfig({ eks: { developers: ["arn:aws:iam::111122223333:role/ed8k-developer"], ...eks } });
}
