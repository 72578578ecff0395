import { z } from "zod";
import { SERVICE_NAME, SERVICE_NAME_LENGTH } from "../naming.js";
import { CLAIM_TYPES, PARAMS, type ClaimType, type ResourceClaim } from "./claims.js";

/** The version of the `ed8k.yaml` format. */
export const API_VERSION = "ed8k.dev/v1";

/** A service's name; also what claims and routes are called. */
export const nameSchema = z
  .string()
  .max(SERVICE_NAME_LENGTH)
  .regex(SERVICE_NAME, "is no name: lower-case letters, digits and single dashes, beginning with a letter");
const names = z.array(nameSchema);

/** `type` chooses the params; a claim without `params` gets the type's defaults. */
const resource = z.discriminatedUnion("type", [claim(CLAIM_TYPES[0]), ...CLAIM_TYPES.slice(1).map(claim)]);

function claim(type: ClaimType) {
  const params: z.ZodType = PARAMS[type];
  // A table's key has no default: there the params must be written.
  const optional = params.safeParse({}).success ? params.prefault({}) : params;
  return z.strictObject({ type: z.literal(type), params: optional.describe(`Params of ${type}`) });
}

const route = z.strictObject({
  service: z.string().min(1).describe("Name of the chart's Kubernetes Service"),
  port: z.union([z.int().min(1).max(65_535), z.string().min(1)]).describe("Its port: a name or a number"),
});

const development = z.strictObject({
  sync: z
    .array(
      z.strictObject({
        from: z.string().min(1).describe("Folder or file, relative to the repository root"),
        to: z
          .string()
          .startsWith("/", "is no absolute path in the container")
          .describe("Where it goes in the container"),
      }),
    )
    .default([])
    .describe("Files that are copied into the containers when they change"),
  run: z
    .array(
      z.strictObject({
        command: z.string().min(1),
        when: z.array(z.string().min(1)).min(1).describe("Files, relative to the repository root"),
      }),
    )
    .default([])
    .describe("Commands that run in the container when one of the files changes"),
  debug: z
    .strictObject({ port: z.int().min(1).max(65_535), tool: z.enum(["debugpy", "node", "delve", "jdwp"]) })
    .optional()
    .describe("Where the debugger of the language listens in the container"),
});

/** The content of an `ed8k.yaml`; also exported as JSON Schema for editors (docs/ed8k.schema.json). */
export const serviceSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION).describe("Version of this format"),
  kind: z.literal("Service"),
  metadata: z.strictObject({
    name: nameSchema.describe("The same as in the catalogue; objects and hosts are named by it"),
    owner: z.string().min(1).describe("The team that answers for the service"),
  }),
  dependsOn: names.default([]).describe("Services that are started with it"),
  resources: z
    .record(nameSchema, resource)
    .default({})
    .describe("What the service needs, by a name of its own choosing"),
  variables: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "is no name of an environment variable"), z.string())
    .default({})
    .describe("Environment variables of every container; ${resources.<name>.<output>} is filled in"),
  routes: z.record(nameSchema, route).default({}).describe("Hosts of the service; `http` is its main one"),
  development: development.optional().describe("How the code on a laptop takes the service's place"),
});

/** A service as its `ed8k.yaml` describes it, with all defaults filled in. */
export interface ServiceDefinition {
  readonly name: string;
  readonly owner: string;
  readonly dependsOn: readonly string[];
  readonly resources: Readonly<Record<string, ResourceClaim>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly routes: Readonly<Record<string, Readonly<z.output<typeof route>>>>;
  readonly development: Readonly<z.output<typeof development>> | undefined;
}
