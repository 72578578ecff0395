import { UserError } from "../../errors.js";
import type { EnvironmentPlan, PlannedObject, Template } from "../../environments/plan/types.js";
import type { JsonObject } from "../../kube/manifest.js";
import { suggest } from "../../suggest.js";
import type { Command } from "../command.js";
import { SPEC_OPTIONS } from "../spec-options.js";
import { OFFLINE } from "./plan.js";

/** `ed8kctl render NAME [service...]` */
export const render: Command = {
  name: "render",
  summary: "Print the Kubernetes objects that create would apply, as YAML; secrets are left out",
  group: "inspect",
  args: [
    { spec: "<name>", summary: "The environment; it need not be there", names: "environment" },
    {
      spec: "[service...]",
      summary: "Only these services; without, the namespace and its rules too",
      names: "service",
    },
  ],
  options: [...SPEC_OPTIONS, OFFLINE],
  examples: ["ed8kctl render alice bos", "ed8kctl render preview --profile full --offline > preview.yaml"],
  async run({ args: [name = "", ...services], options, out, signal }) {
    const { withPlan } = await import("../planning/with-plan.js");
    const { toYaml } = await import("../format/yaml.js");
    await withPlan(name, { options, signal }, ({ plan }) => {
      const objects = chosenObjects(plan, services).map((object) => shownManifest(object));
      out.result(
        { objects },
        objects
          .map((object) => toYaml(object))
          .join("---\n")
          .trimEnd(),
      );
      return Promise.resolve();
    });
  },
};

/** @throws UserError (notFound) with a suggestion when a service is not in the plan */
export function chosenObjects(
  { tenancy, services }: EnvironmentPlan,
  wanted: readonly string[],
): readonly PlannedObject[] {
  if (wanted.length === 0) return [...tenancy, ...services.flatMap(({ objects }) => objects)];
  const names = services.map((service) => service.name);
  return wanted.flatMap((name) => {
    const service = services.find((one) => one.name === name);
    if (service !== undefined) return service.objects;
    const near = suggest(name, names);
    throw new UserError(`the plan has no service "${name}"; it has ${names.join(", ")}`, {
      exit: "notFound",
      ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    });
  });
}

/** The manifest as it can be shown: what is secret is named, not told. */
export function shownManifest({ manifest, secretData }: PlannedObject): JsonObject {
  if (manifest.kind !== "Secret") return manifest;
  const filled = Object.entries(secretData ?? {}).map(([key, template]) => [key, templateText(template)] as const);
  const own = ["data", "stringData"].flatMap((field) => {
    const values = manifest[field];
    return typeof values === "object" && values !== null ? [[field, hidden(values)] as const] : [];
  });
  const shown = { ...manifest, ...Object.fromEntries(own) };
  return filled.length === 0 ? shown : { ...shown, stringData: Object.fromEntries(filled) };
}

function hidden(values: object): JsonObject {
  return Object.fromEntries(Object.keys(values).map((key) => [key, "<secret of the chart>"]));
}

function templateText(template: Template): string {
  return template.map((part) => (typeof part === "string" ? part : `<generated: ${part.secret}>`)).join("");
}
