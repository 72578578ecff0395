import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { sandboxEnvironment } from "../../../sandbox/shell.js";
import { GROUPS, userName } from "../../../naming.js";
import type { OwnCluster, Ran } from "./own-cluster.js";

/** A developer without any right but those that the platform gives, at a machine of their own. */
export interface Developer {
  /** Runs `ed8kctl` as this person. */
  ed8kctl(...words: readonly string[]): Promise<Ran>;
}

/** @param cluster must have been started */
export function developerOn(cluster: OwnCluster, name: string): Developer {
  const kubeconfig = join(cluster.sandbox.scratch, `kubeconfig-${name}`);
  const admin = parse(readFileSync(cluster.sandbox.paths.kubeconfig, "utf8")) as {
    users: readonly { user: object }[];
  };
  const identity = { as: userName(name), "as-groups": [GROUPS.developers, "system:authenticated"] };
  const users = admin.users.map((entry) => ({ ...entry, user: { ...entry.user, ...identity } }));
  writeFileSync(kubeconfig, stringify({ ...admin, users }), { mode: 0o600 });
  return {
    ed8kctl: (...words) => cluster.ed8kctlWith({ ...sandboxEnvironment(), KUBECONFIG: kubeconfig }, ...words),
  };
}
