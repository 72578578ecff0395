import { join } from "node:path";
import { parse } from "yaml";
import { planCluster } from "../../cluster/decide.js";
import type { ClusterFacts } from "../../cluster/outputs.js";
import { parseConfig } from "../../config.js";
import { UserError } from "../../errors.js";
import { isJsonObject } from "../../kube/object.js";
import { readIfThere } from "../../sandbox/machine/files.js";
import { VERSIONS } from "../../versions.js";
import { backendUrl } from "../engine/backend.js";
import { recallFacts } from "../known-clusters.js";

/**
 * What is known of a cluster without asking anybody: what this machine remembers of it, else what its stack's file
 * says, with the newest Kubernetes.
 * @throws UserError (notFound) when there is neither
 */
export function offlineFacts(cluster: string, root: string): ClusterFacts {
  const known = recallFacts(backendUrl(), cluster);
  if (known !== undefined) return known;
  const file = join(root, `Pulumi.${cluster}.yaml`);
  const text = readIfThere(file);
  if (text === undefined) throw unknown(cluster, `there is no ${file}`);
  const content: unknown = parse(text);
  const config = parseConfig(cluster, isJsonObject(content) ? texts(content["config"]) : {});
  if (config.kind !== "cluster") throw unknown(cluster, `${file} is not that of a cluster stack`);
  return planCluster(config, { uid: "", kubernetesVersion: VERSIONS.kubernetes }).facts;
}

function unknown(cluster: string, why: string): UserError {
  return new UserError(`nothing is known of the cluster stack ${cluster} offline: ${why}`, {
    hint: "leave out --offline, or name another with --cluster",
    exit: "notFound",
  });
}

/** Stack files hold lists and objects as such, the engine hands them on as JSON. */
function texts(config: unknown): Record<string, string> {
  if (!isJsonObject(config)) return {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
