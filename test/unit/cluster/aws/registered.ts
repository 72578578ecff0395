import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import * as pulumi from "@pulumi/pulumi";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { planAws } from "../../../../cluster/aws/plan/plan.js";
import { registerOwnCluster } from "../../../../cluster/own-cluster.js";
import { parseConfig, type EksClusterConfig } from "../../../../config.js";
import type { PlannedObject } from "../../../../environments/plan/types.js";
import type { Registered } from "../../../harness.js";

/** The account that the tests' clusters are in. */
export const ACCOUNT = "111122223333";

/** What a cluster stack registers, and the one output that it gives. */
export interface RegisteredCluster {
  readonly resources: readonly Registered[];
  /** Names of what may not be deleted, by type. */
  readonly protectedResources: readonly string[];
  readonly output: unknown;
}

/** The config of `Pulumi.dev.yaml`, with other values for some keys of its objects. */
export function devConfig(changes: Readonly<Record<string, unknown>> = {}): EksClusterConfig {
  const file = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { readonly config: Readonly<Record<string, unknown>> };
  const raw = Object.entries({ ...file.config, ...merged(file.config, changes) }).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const config = parseConfig("dev", Object.fromEntries(raw) as Record<string, string>);
  if (config.kind !== "cluster" || config.provider !== "eks") throw new Error("Pulumi.dev.yaml makes no cluster");
  return config;
}

function merged(config: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(changes).map(([key, value]) => {
      const before = config[key];
      const both = typeof before === "object" && typeof value === "object" && !Array.isArray(value);
      return [key, both ? { ...before, ...value } : value];
    }),
  );
}

const known = new Map<string, Promise<RegisteredCluster>>();

/** What the AWS parts alone register, for \`Pulumi.dev.yaml\` with other values; each once, for it takes a second. */
export function registeredWith(changes: Readonly<Record<string, unknown>>): Promise<RegisteredCluster> {
  const key = JSON.stringify(changes);
  const before = known.get(key) ?? registeredCluster(devConfig(changes));
  known.set(key, before);
  return before;
}

/** Resolves, when all is registered, to what the program of this cluster stack registers. */
export async function registeredCluster(
  config: EksClusterConfig,
  platform?: readonly PlannedObject[],
): Promise<RegisteredCluster> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        resources.push({ type, name, inputs: inputs as Registered["inputs"] });
        return { id: `${name}-id`, state: { ...(inputs as object), arn: `arn:${type}:${name}`, ...OUTPUTS[type] } };
      },
      call({ token }) {
        throw new Error(`unexpected call: ${token}`);
      },
    },
    "ed8k",
    config.name,
  );
  const protectedResources = watchProtection();
  const plan = { config, aws: planAws(config.settings), account: ACCOUNT };
  const outputs = registerOwnCluster({ ...plan, ...(platform === undefined ? {} : { platform }) }, () =>
    Promise.resolve(),
  );
  const output = await valueOf(outputs["cluster"]);
  await pulumi.runtime.disconnect();
  return { resources, protectedResources: protectedResources(), output };
}

/** What AWS and EKS would say, as far as the program reads it. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "eks:index:Cluster": {
    eksCluster: {
      name: "ed8k-dev",
      endpoint: "https://api.example.com",
      certificateAuthority: { data: "Q0E=" },
    },
    nodeSecurityGroupId: "sg-nodes",
  },
  "aws:ec2/launchTemplate:LaunchTemplate": { latestVersion: 1 },
  "aws:msk/configuration:Configuration": { latestRevision: 1 },
  "aws:msk/cluster:Cluster": { bootstrapBrokersSaslIam: "b-1.example.com:9098" },
  "aws:sqs/queue:Queue": { url: "https://sqs.example.com/queue" },
  "aws:kms/key:Key": { keyId: "key-1" },
  "kubernetes:core/v1:Namespace": { metadata: { uid: "11111111-2222-3333-4444-555555555555" } },
};

interface Request {
  getType(): string;
  getName(): string;
  getProtect(): boolean;
}

/** Mocks are not told of it; the request that they answer is. */
function watchProtection(): () => readonly string[] {
  const seen: string[] = [];
  const prototype = MockMonitor.prototype as { registerResource: (request: Request, done: unknown) => Promise<void> };
  const { registerResource } = prototype;
  prototype.registerResource = function (request, done) {
    if (request.getProtect()) seen.push(`${request.getType()} ${request.getName()}`);
    return registerResource.call(this, request, done);
  };
  return () => {
    prototype.registerResource = registerResource;
    return seen.toSorted();
  };
}

function valueOf(output: unknown): Promise<unknown> {
  const known = output as { promise(): Promise<unknown> };
  return pulumi.Output.isInstance(output) ? known.promise() : Promise.resolve(output);
}
