import { isAbsolute } from "node:path";
import { z } from "zod";
import {
  awsSettings,
  budgetSettings,
  eksSettings,
  MONITORING,
  mskSettings,
  storageSettings,
} from "./cluster/aws/settings.js";
import { checkKeys, type RawKeys } from "./config-faults.js";
import { defaultText, flag, wholeNumber } from "./config-values.js";
import { imagePrefixProblem, imageTargetProblem } from "./environments/bend/images.js";
import { SIZES } from "./environments/size.js";
import { OWNER, ownerLabel, SERVICE_NAME } from "./naming.js";

/** Where a cluster comes from: it is there already, or its stack makes it on AWS. */
export const PROVIDERS = ["existing", "eks"] as const;
export type ClusterProvider = (typeof PROVIDERS)[number];

const names = z.array(z.string().regex(SERVICE_NAME, "is no service's name: lower-case letters, digits and dashes"));
/** The owner is a label of the namespace, in which the "@" is written with two letters. */
const person = z
  .string()
  .regex(OWNER, 'is no user name: letters, digits, dashes, underscores and single dots, with at most one "@" inside')
  .refine((name) => ownerLabel(name).length <= 63, 'is too long: at most 63 characters, with "@" counted as two');
const relativePath = z
  .string()
  .min(1)
  .refine((path) => !isAbsolute(path), "must be relative to the project");

const environment = z.strictObject({
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
    const twice =
      first < index ? `is the same as ed8k:images[${first}].from; only one rule can hold for it` : undefined;
    const problems = { from: imagePrefixProblem(from) ?? twice, to: imageTargetProblem({ from, to }) };
    for (const [key, message] of Object.entries(problems)) {
      if (message !== undefined) context.addIssue({ code: "custom", path: [index, key], message });
    }
  }
});

/** An existing cluster: its keys are those that every cluster has. */
const existing = z.strictObject({
  provider: z.enum(PROVIDERS).default("existing"),
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
  secretsProvider: z
    .string()
    .regex(
      /^(passphrase|awskms:\/\/\S+)$/,
      "is no secrets provider: passphrase, or awskms://<key or alias>?region=<region>",
    )
    .default("passphrase"),
});

const eks = existing.extend({
  context: z.string().min(1).optional(),
  platform: flag().default(true),
  addOns: z.record(z.string(), flag()).default({}),
  monitoring: z.enum(MONITORING).default("none"),
  aws: awsSettings.prefault({}),
  eks: eksSettings.prefault({}),
  msk: mskSettings.prefault({}),
  budget: budgetSettings.prefault({}),
  storage: storageSettings.prefault({}),
});

/** The keys of every kind of stack, without the project's name, with their rules and defaults. */
export const KEYS = { environment, existing, eks } as const;
type StackKind = keyof typeof KEYS;

/** Every key of all kinds of stack with its default as text, which `Pulumi.yaml` declares as well. */
export function configDefaults(): Readonly<Record<string, string>> {
  const shapes: readonly z.ZodRawShape[] = Object.values(KEYS).map(({ shape }) => shape);
  const keys = shapes.flatMap((shape) =>
    Object.entries(shape).map(([key, schema]) => [key, defaultText(schema)] as const),
  );
  return { kind: "environment", ...Object.fromEntries(keys) };
}

/**
 * The engine gives every stack the defaults of all keys that Pulumi.yaml declares, those of other kinds too, and an
 * empty text for keys that have none. What is left is what somebody has set, or the kind's own.
 */
export function withoutDefaultsOfOthers(kind: StackKind, raw: RawKeys): RawKeys {
  const defaults = configDefaults();
  const isOther = (key: string, text: string): boolean =>
    !Object.hasOwn(KEYS[kind].shape, key) && Object.hasOwn(defaults, key) && text === defaults[key];
  return Object.fromEntries(Object.entries(raw).filter(([key, text]) => text !== "" && !isOther(key, text)));
}

/** @throws UserError (usage) that tells all faults at once */
export function settled<T extends z.ZodRawShape>(stack: string, schema: z.ZodObject<T>, raw: RawKeys) {
  return checkKeys(`config of ${stack}`, { schema, unknownHint }, raw);
}

function unknownHint(key: string): string | undefined {
  if (key in existing.shape || !(key in eks.shape)) return undefined;
  return "it belongs to a cluster that its stack makes: pulumi config set ed8k:provider eks";
}
