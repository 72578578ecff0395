import * as pulumi from "@pulumi/pulumi";
import { decideCluster } from "./cluster/decide.js";
import { readUid, requireIdentity } from "./cluster/identity.js";
import { CLUSTER_OUTPUT, parseFacts, type ClusterFacts } from "./cluster/outputs.js";
import { clusterProgram } from "./cluster/program.js";
import { toRunError } from "./cluster/run-error.js";
import { type ClusterConfig, type Config, type EnvironmentConfig, parseConfig, PROJECT } from "./config.js";
import { clusterAccess } from "./ed8kctl/cluster/access.js";
import { backendUrl } from "./ed8kctl/engine/backend.js";
import { requireRoom } from "./ed8kctl/environment/room.js";
import { decideEnvironment } from "./environments/decide.js";
import { findOwnNamespace } from "./environments/ownership.js";
import { environmentProgram } from "./environments/program.js";
import { UserError } from "./errors.js";
import { loadAccess } from "./kube/access.js";
import { KubeClient } from "./kube/client.js";
import type { KubeAccess } from "./kube/kubeconfig.js";

/**
 * The program of every stack, as `pulumi up` runs it: decides what the stack's config asks for, then registers it.
 * Nothing is registered when something is wrong. What it gives are the stack's outputs.
 */
export async function stackProgram(root: string): Promise<Record<string, unknown>> {
  try {
    const config = readConfig();
    return config.kind === "cluster" ? await cluster(config) : await environment(config, root);
  } catch (error) {
    // Printed by the engine without a stack.
    if (error instanceof UserError) throw toRunError(error);
    throw error;
  }
}

function readConfig(): Config {
  const raw = pulumi.runtime.allConfig();
  const secret = secretKeys().find((key) => key in raw && key.startsWith(`${PROJECT}:`));
  if (secret !== undefined) {
    throw new UserError(`config of ${pulumi.getStack()}: ${secret} is encrypted, but ED8K's config holds no secrets`, {
      hint: `pulumi config rm ${secret}; services get secrets through their claims`,
    });
  }
  return parseConfig(pulumi.getStack(), raw);
}

/** The engine tells a program which of its config is encrypted, in a variable that the SDK reads but does not show. */
function secretKeys(): readonly string[] {
  return JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]") as string[];
}

async function cluster(config: ClusterConfig): Promise<Record<string, unknown>> {
  if (config.provider === "eks") {
    // Loaded by no other stack: the AWS SDKs take as long as all of an environment's program.
    const { ownClusterProgram } = await import("./cluster/own-cluster.js");
    return ownClusterProgram(config);
  }
  return withClient(loadAccess({ context: config.context }), async (client) =>
    clusterProgram(await decideCluster(config, client)),
  );
}

async function environment(config: EnvironmentConfig, root: string): Promise<Record<string, unknown>> {
  const facts = await referToCluster(config.cluster);
  const backend = backendUrl();
  return withClient(clusterAccess(facts), async (client) => {
    requireIdentity(facts, await readUid(client));
    const namespace = await findOwnNamespace(client, config.name, backend);
    if (namespace === undefined) await requireRoom({ facts, client }, config);
    return environmentProgram(await decideEnvironment(config, { root, facts, backend }), facts);
  });
}

/** What the cluster stack says; the only stack that an environment refers to. */
async function referToCluster(name: string): Promise<ClusterFacts> {
  const reference = new pulumi.StackReference(`${pulumi.getOrganization()}/${pulumi.getProject()}/${name}`);
  const details = await reference.getOutputDetails(CLUSTER_OUTPUT);
  return parseFacts(name, details.value as unknown);
}

async function withClient<T>(access: KubeAccess, work: (client: KubeClient) => Promise<T>): Promise<T> {
  const client = new KubeClient(access);
  try {
    return await work(client);
  } finally {
    client.close();
  }
}
