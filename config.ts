import { isAbsolute } from "node:path";
import { z } from "zod";
import { imagePrefixProblem, imageTargetProblem, type ImageRule } from "./environments/bend/images.js";
import { SIZES, type Size } from "./environments/size.js";
import type { JsonObject } from "./kube/manifest.js";
import { fromText, toFault } from "./config-values.js";
import { ENVIRONMENT_LENGTH, environmentNameProblem, SERVICE_NAME } from "./naming.js";
import { throwFaults, UserError, type Fault } from "./errors.js";
import { suggest } from "./suggest.js";

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

/** What a cluster stack is: a cluster that is already there, and what runs on it for all environments. */
export interface ClusterConfig {
  readonly kind: "cluster";
  readonly name: string;
  readonly provider: "existing";
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
}

export type Config = EnvironmentConfig | ClusterConfig;

const names = z.array(z.string().regex(SERVICE_NAME, "is no service's name: lower-case letters, digits and dashes"));
/** A Kubernetes label's value without dots at the ends: the owner is a label of the namespace. */
const person = z
  .string()
  .regex(
    /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/,
    "is no user name: at most 63 letters, digits, dots, dashes and underscores, no @",
  );
const relativePath = z
  .string()
  .min(1)
  .refine((path) => !isAbsolute(path), "must be relative to the project");

/** Pulumi hands numbers on as text. */
function wholeNumber(least: number, most: number) {
  const message = `is not allowed; it is a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message);
}

const environmentKeys = z.strictObject({
  cluster: z.string().default("dev"),
  catalogue: relativePath.default("services/catalogue.yaml"),
  profile: z.string().default("minimal"),
  start: names.default([]),
  stop: names.default([]),
  size: z.enum(SIZES).default("m"),
  owner: person.optional(),
  collaborators: z.array(person).default([]),
  versions: z.record(z.string(), z.string()).default({}),
  values: z.record(z.string(), z.record(z.string(), z.json())).default({}),
});

const imageRules = z.array(z.strictObject({ from: z.string(), to: z.string() })).superRefine((rules, context) => {
  for (const [index, { from, to }] of rules.entries()) {
    const first = rules.findIndex((other) => other.from === from);
    const twice = first < index ? `is the same as ed8k:images.${first}.from; only one rule can hold for it` : undefined;
    const problems = { from: imagePrefixProblem(from) ?? twice, to: imageTargetProblem({ from, to }) };
    for (const [key, message] of Object.entries(problems)) {
      if (message !== undefined) context.addIssue({ code: "custom", path: [index, key], message });
    }
  }
});

const clusterKeys = z.strictObject({
  provider: z.enum(["existing"]).default("existing"),
  context: z.string().min(1, "names the kubeconfig context of the cluster"),
  domain: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "is no domain: lower-case labels with dots between them")
    .default("ed8k.localhost"),
  ingressClass: z.string().default("ed8k"),
  allowedRegistries: z.array(z.string().min(1)).default([]),
  environmentsPerOwner: wholeNumber(1, 100).default(5),
  images: imageRules.default([]),
  ingressPort: wholeNumber(1, 65_535).default(80),
});

/** Every key of both kinds of stack with its default as text, which `Pulumi.yaml` declares as well. */
export function configDefaults(): Readonly<Record<string, string>> {
  const kinds = [environmentKeys, clusterKeys];
  const keys = kinds.flatMap((kind) => Object.keys(kind.shape).map((key) => [key, defaultText(kind, key) ?? ""]));
  return { kind: "environment", ...(Object.fromEntries(keys) as Record<string, string>) };
}

/**
 * Settles a stack's config; the only place that knows keys, defaults and rules.
 * @param stack name of the stack
 * @param raw what the stack's config holds: `ed8k:<key>` → text, JSON for lists and objects. Other projects' keys are left alone.
 * @throws UserError that tells all faults at once
 */
export function parseConfig(stack: string, raw: Readonly<Record<string, string>>): Config {
  const own = Object.entries(raw).filter(([key]) => key.startsWith(`${PROJECT}:`));
  const keys = Object.fromEntries(own.map(([key, value]) => [key.slice(PROJECT.length + 1), value]));
  const { kind = "environment", ...rest } = keys;
  if (kind === "cluster") {
    return { kind, name: stack, ...checked(stack, clusterKeys, withoutDefaultsOf(environmentKeys, clusterKeys, rest)) };
  }
  if (kind !== "environment") {
    throw new UserError(`config of ${stack}: ed8k:kind: "${kind}" is not allowed: it is "environment" or "cluster"`, {
      hint: `pulumi config set ed8k:kind environment --stack ${stack}`,
      exit: "usage",
    });
  }
  validateEnvironmentName(stack);
  const keysOfKind = withoutDefaultsOf(clusterKeys, environmentKeys, rest);
  const { owner = stack, ...config } = checked(stack, environmentKeys, keysOfKind);
  return { kind, name: stack, owner, ...config };
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
  const defaults: Record<string, unknown> = { ...environmentKeys.parse({}), owner: name };
  const changed = Object.entries(keys).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]),
  );
  return Object.fromEntries(
    changed.map(([key, value]) => [`${PROJECT}:${key}`, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/**
 * The engine gives every stack the defaults of all keys that Pulumi.yaml declares, those of the other kind too, and an
 * empty text for keys that have none.
 */
function withoutDefaultsOf(
  other: z.ZodObject,
  own: z.ZodObject,
  raw: Readonly<Record<string, string>>,
): Record<string, string> {
  const isDefault = (key: string, text: string): boolean =>
    !Object.hasOwn(own.shape, key) && Object.hasOwn(other.shape, key) && text === (defaultText(other, key) ?? "");
  return Object.fromEntries(Object.entries(raw).filter(([key, text]) => text !== "" && !isDefault(key, text)));
}

/** A key's default as the engine hands it on; `undefined` where there is none. */
function defaultText(schema: z.ZodObject, key: string): string | undefined {
  const parsed = z.safeParse(schema.shape[key] as z.ZodType, undefined);
  if (!parsed.success || parsed.data === undefined) return undefined;
  return typeof parsed.data === "string" ? parsed.data : JSON.stringify(parsed.data);
}

/** Parses each value by the type that its key wants, then the whole; all faults are told at once. */
function checked<T extends z.ZodRawShape>(
  stack: string,
  schema: z.ZodObject<T, z.core.$strict>,
  raw: Readonly<Record<string, string>>,
): z.infer<z.ZodObject<T, z.core.$strict>> {
  const faults: Fault[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, text] of Object.entries(raw)) {
    if (!Object.hasOwn(schema.shape, key)) {
      const near = suggest(key, Object.keys(schema.shape));
      faults.push({
        where: `ed8k:${key}`,
        problem: `is no key of the config; there are ${Object.keys(schema.shape).join(", ")}`,
        hint: near === undefined ? `pulumi config rm ed8k:${key}` : `did you mean ed8k:${near}?`,
      });
      continue;
    }
    values[key] = fromText(text);
  }
  const result = schema.safeParse(values);
  if (!result.success) faults.push(...result.error.issues.map((issue) => toFault(issue, values)));
  throwFaults(`config of ${stack}`, faults);
  if (!result.success) throw new Error("unreachable: a failed parse has issues");
  return result.data;
}
