import assert from "node:assert/strict";
import type { ClusterFacts } from "../../../cluster/outputs.js";
import { parseConfig, type EnvironmentConfig } from "../../../config.js";
import { bendService, type BentService, type BendOptions } from "../../../environments/bend/bend.js";
import { readObjects } from "../../../environments/render/objects.js";
import type { RenderedService } from "../../../environments/render/rendered.js";
import { UserError } from "../../../errors.js";
import type { Manifest } from "../../../kube/manifest.js";
import type { ResolvedService } from "../../../services/resolved.js";
import { parseService } from "../../../services/parse-service.js";

export const facts: ClusterFacts = {
  name: "dev",
  context: "kind-dev",
  uid: "0b7c1f52",
  kubernetesVersion: "1.36.3",
  domain: "dev.example.com",
  ingressClass: "ed8k",
  kafkaBootstrap: "kafka.ed8k-shared.svc.cluster.local:9092",
  allowedRegistries: [],
  environmentsPerOwner: 5,
  images: [],
  ingressPort: 80,
  secretsProvider: "passphrase",
};

export const BACKEND = "file:///stacks";

/** An environment's config; `keys` are as in a stack's config, without `ed8k:`. */
export function configOf(name: string, keys: Readonly<Record<string, string>> = {}): EnvironmentConfig {
  const raw = Object.fromEntries(Object.entries(keys).map(([key, value]) => [`ed8k:${key}`, value]));
  const config = parseConfig(name, raw);
  assert(config.kind === "environment");
  return config;
}

/** A service; `fields` are those of its `ed8k.yaml` below `metadata`. */
export function serviceOf(name: string, fields: Readonly<Record<string, unknown>> = {}): ResolvedService {
  const metadata = { name, owner: `team-${name}` };
  const text = JSON.stringify({ apiVersion: "ed8k.dev/v1", kind: "Service", metadata, ...fields });
  const definition = parseService(text, "ed8k.yaml");
  return { name, version: "1.0.0", chart: `/charts/${name}`, source: `services/${name}`, definition };
}

/** A service whose chart makes what the YAML text holds, in one file without templates. */
export function renderedOf(service: ResolvedService, text: string): RenderedService {
  const template = "templates/all.yaml";
  const files = { [`${service.source}/${template}`]: text };
  const header = `---\n# Source: ${service.name}/${template}\n`;
  const printed = header + text.split(/^---\n/m).join(header);
  const { objects, faults } = readObjects(service, printed, files);
  assert.deepEqual(faults, []);
  return { service, objects, files, usesLookup: false };
}

/** What the rules make of a chart of the service `bos` in the environment `alice`. */
export function bent(text: string, options: Partial<BendOptions> = {}): BentService {
  return bendService(renderedOf(serviceOf("bos"), text), {
    environment: "alice",
    facts,
    bindings: undefined,
    routes: [],
    ...options,
  });
}

/** The one object that the rules make. */
export function bentObject(text: string, options: Partial<BendOptions> = {}): Manifest {
  const { objects, faults } = bent(text, options);
  assert.deepEqual(faults, []);
  const [object] = objects;
  assert(object !== undefined && objects.length === 1);
  return object.manifest;
}

/** What is told of a chart that is bent. */
export function notesOf(text: string, options: Partial<BendOptions> = {}): string[] {
  return bent(text, options).notes.map((note) => `${note.rule}: ${note.text}`);
}

/** What is told of a chart that is refused, without the hints. */
export function faultsOf(text: string, options: Partial<BendOptions> = {}): string[] {
  return bent(text, options).faults.map(({ where, problem }) => `${where}: ${problem}`);
}

/** The `UserError` that the work ends with. */
export async function errorOf(work: () => unknown): Promise<UserError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  assert.fail("nothing was thrown");
}
