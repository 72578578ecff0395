import type { AwsClusterSettings, Monitoring } from "./cluster/aws/settings.js";
import { KEYS, settled, withoutDefaultsOfOthers } from "./config-keys.js";
import type { RawKeys } from "./config-faults.js";
import type { ImageRule } from "./environments/bend/images.js";
import type { Size } from "./environments/size.js";
import type { JsonObject } from "./kube/manifest.js";
import { clusterName, clusterNameProblem, ENVIRONMENT_LENGTH, environmentNameProblem } from "./naming.js";
import { UserError } from "./errors.js";

export { configDefaults } from "./config-keys.js";

/** Every key's prefix in a stack's config: the project's name. */
export const PROJECT = "ed8k";

/** What an environment is: the whole spec, kept in its stack's config and nowhere else. */
export interface EnvironmentConfig {
  readonly kind: "environment";
  /** The stack's name, the namespace's name and the environment's name are one. */
  readonly name: string;
  /** Name of the cluster stack that the environment runs on. */
  readonly cluster: string;
  /** Catalogue file, relative to the project. */
  readonly catalogue: string;
  readonly profile: string;
  /** Services beyond the profile, and services of the profile that are left out. */
  readonly start: readonly string[];
  readonly stop: readonly string[];
  readonly size: Size;
  /** Who owns it: the session name of the role, without `ed8k:`. */
  readonly owner: string;
  readonly collaborators: readonly string[];
  /** Chart version per service, where it is not the catalogue's. */
  readonly versions: Readonly<Record<string, string>>;
  /** Helm values per service, laid over the chart's own. */
  readonly values: Readonly<Record<string, JsonObject>>;
}

/** What every cluster stack says, wherever its cluster comes from. */
interface CommonClusterConfig {
  readonly kind: "cluster";
  readonly name: string;
  /** Context of the kubeconfig (`$KUBECONFIG` or `~/.kube/config`) that reaches the cluster. */
  readonly context: string;
  /** Environments are reached at `<service>--<environment>.<domain>`. */
  readonly domain: string;
  readonly ingressClass: string;
  /** Prefixes of image references that may run; empty: all. */
  readonly allowedRegistries: readonly string[];
  /** How many environments one owner may have at once. */
  readonly environmentsPerOwner: number;
  /** Where images are taken from instead of where charts name them: a mirror, a pull-through cache. */
  readonly images: readonly ImageRule[];
  /** Port at which the ingress controller answers browsers; 80 also stands for 443 beside it. */
  readonly ingressPort: number;
  /** What encrypts the environments' stacks: `passphrase`, or a KMS key as `awskms://…`. */
  readonly secretsProvider: string;
}

/** A cluster that is already there, and what runs on it for all environments. */
export interface ExistingClusterConfig extends CommonClusterConfig {
  readonly provider: "existing";
}

/** A cluster that the stack makes on AWS, and what runs on it for all environments. */
export interface EksClusterConfig extends CommonClusterConfig {
  readonly provider: "eks";
  /** False: the AWS parts alone are applied, from where the private API server cannot be reached. */
  readonly platform: boolean;
  readonly settings: AwsClusterSettings;
  /** Add-ons of the platform that are switched on or off against the catalogue's default. */
  readonly addOns: Readonly<Record<string, boolean>>;
  readonly monitoring: Monitoring;
}

export type ClusterConfig = ExistingClusterConfig | EksClusterConfig;
export type Config = EnvironmentConfig | ClusterConfig;

/**
 * Settles a stack's config; the only place that knows keys, defaults and rules.
 * @param stack name of the stack
 * @param raw what the stack's config holds: `ed8k:<key>` → text, JSON for lists and objects. Other projects' keys are left alone.
 * @throws UserError that tells all faults at once
 */
export function parseConfig(stack: string, raw: RawKeys): Config {
  const own = Object.entries(raw).filter(([key]) => key.startsWith(`${PROJECT}:`));
  const keys = Object.fromEntries(own.map(([key, value]) => [key.slice(PROJECT.length + 1), value]));
  const { kind = "environment", ...rest } = keys;
  if (kind === "cluster") return rest["provider"] === "eks" ? eksCluster(stack, rest) : existingCluster(stack, rest);
  if (kind !== "environment") {
    throw new UserError(`config of ${stack}: ed8k:kind: "${kind}" is not allowed: it is "environment" or "cluster"`, {
      hint: `pulumi config set ed8k:kind environment --stack ${stack}`,
      exit: "usage",
    });
  }
  validateEnvironmentName(stack);
  const { owner = stack, ...config } = settled(stack, KEYS.environment, withoutDefaultsOfOthers("environment", rest));
  return { kind, name: stack, owner, ...config };
}

function existingCluster(stack: string, raw: RawKeys): ExistingClusterConfig {
  const config = settled(stack, KEYS.existing, withoutDefaultsOfOthers("existing", raw));
  return { kind: "cluster", name: stack, ...config, provider: "existing" };
}

function eksCluster(stack: string, raw: RawKeys): EksClusterConfig {
  const problem = clusterNameProblem(stack);
  if (problem !== undefined) throw new UserError(problem, { exit: "usage", hint: 'call the stack "dev", for example' });
  const parsed = settled(stack, KEYS.eks, withoutDefaultsOfOthers("eks", raw));
  const { aws, eks, msk, budget, storage, context = clusterName(stack), ...config } = parsed;
  const settings = { name: stack, aws, eks, msk, budget, storage };
  return { kind: "cluster", name: stack, ...config, provider: "eks", context, settings };
}

/** @throws UserError (usage) when `name` cannot be an environment's name */
export function validateEnvironmentName(name: string): void {
  const problem = environmentNameProblem(name);
  if (problem === undefined) return;
  throw new UserError(problem, {
    exit: "usage",
    hint: `choose a name such as "alice" (≤ ${ENVIRONMENT_LENGTH} letters)`,
  });
}

/** The raw config of a spec: the inverse of `parseConfig`. What equals its default is left out. */
export function toStackConfig(config: EnvironmentConfig): Record<string, string> {
  const { kind: _kind, name, ...keys } = config;
  const defaults: Record<string, unknown> = { ...KEYS.environment.parse({}), owner: name };
  const changed = Object.entries(keys).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]),
  );
  return Object.fromEntries(
    changed.map(([key, value]) => [`${PROJECT}:${key}`, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}
