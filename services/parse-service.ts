import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { throwFaults, type Fault } from "../errors.js";
import type { ResourceClaim } from "./claims.js";
import { checkDocument } from "./document/document.js";
import type { Problem } from "./document/problems.js";
import { placeholderProblems } from "./placeholders.js";
import { serviceSchema, type ServiceDefinition } from "./service.js";

/** The file beside `Chart.yaml` that makes a chart a service. */
export const SERVICE_FILE = "ed8k.yaml";

/**
 * Reads the content of an `ed8k.yaml`.
 * @param file the file as messages tell it
 * @throws UserError (usage) that tells all faults with line and column
 */
export function parseService(text: string, file: string): ServiceDefinition {
  return definitionOf(checkService(text, file));
}

/**
 * Reads the `ed8k.yaml` of a chart's folder.
 * @param shownAs the folder as messages tell it
 * @throws UserError when there is none, or it has faults
 */
export async function readService(folder: string, shownAs: string): Promise<ServiceDefinition> {
  return definitionOf(await checkServiceFile(folder, shownAs));
}

/** As `readService`, with the faults as data. */
export async function checkServiceFile(folder: string, shownAs: string): Promise<CheckedService> {
  const text = await readFile(join(folder, SERVICE_FILE), "utf8").catch(() => undefined);
  if (text !== undefined) return checkService(text, `${shownAs}/${SERVICE_FILE}`);
  const problem = `is no service: it has no file ${SERVICE_FILE}`;
  const hint = "docs/services.md tells what to write into it; ed8kctl service new makes one";
  const missing = { where: shownAs, problem, hint };
  return { definition: undefined, faults: [missing], fault: () => missing };
}

/** A definition that was held against all rules. */
export interface CheckedService {
  /** `undefined` when there are faults. */
  readonly definition: ServiceDefinition | undefined;
  readonly faults: readonly Fault[];
  /** Makes a fault of a problem that was found later, with its position. */
  readonly fault: (problem: Problem) => Fault;
}

/** As `parseService`, with the faults as data; the definition is there when there are none. */
export function checkService(text: string, file: string): CheckedService {
  const { value, faults, fault } = checkDocument({ text, file, schema: serviceSchema });
  if (value === undefined) return { definition: undefined, faults, fault };
  const definition = toDefinition(value);
  const more = [
    ...dependencyProblems(definition),
    ...subscriptionProblems(definition),
    ...variableProblems(definition),
  ].map(fault);
  return { definition: more.length === 0 ? definition : undefined, faults: more, fault };
}

function definitionOf({ definition, faults }: CheckedService): ServiceDefinition {
  throwFaults("service definition", faults);
  if (definition === undefined) throw new Error("unreachable: without a definition there are faults");
  return definition;
}

function toDefinition({ metadata, resources, development, ...rest }: z.output<typeof serviceSchema>) {
  const { dependsOn, variables, routes } = rest;
  // The schema's union pairs each type with its params; zod's types lose that because it is built from a list.
  const claims = resources as Readonly<Record<string, ResourceClaim>>;
  return { ...metadata, dependsOn, resources: claims, variables, routes, development } satisfies ServiceDefinition;
}

function dependencyProblems({ name, dependsOn }: ServiceDefinition): readonly Problem[] {
  return dependsOn.flatMap((other, index) => {
    const path = ["dependsOn", index];
    if (other === name) return [{ path, text: `"${other}" is the service itself`, hint: "remove the line" }];
    if (dependsOn.indexOf(other) === index) return [];
    return [{ path, text: `"${other}" is there twice`, hint: "remove one of the two" }];
  });
}

/** A queue can only hear a topic of the service itself or of one that is started with it. */
function subscriptionProblems({ name, dependsOn, resources }: ServiceDefinition): readonly Problem[] {
  return Object.entries(resources).flatMap(([claim, { type, params }]) => {
    if (type !== "sqs-queue") return [];
    return params.subscribe.flatMap(({ topic }, index) => {
      const path = ["resources", claim, "params", "subscribe", index, "topic"];
      const [service = "", other = ""] = topic.split("/");
      if (service === name) {
        if (resources[other]?.type === "sns-topic") return [];
        return [{ path, text: `"${topic}" is no sns-topic of this service` }];
      }
      if (dependsOn.includes(service)) return [];
      return [
        { path, text: `"${topic}" belongs to ${service}, which is not in dependsOn`, hint: `add ${service} there` },
      ];
    });
  });
}

function variableProblems({ variables, resources }: ServiceDefinition): readonly Problem[] {
  return Object.entries(variables).flatMap(([name, text]) =>
    placeholderProblems(text, resources).map((problem) => ({ path: ["variables", name], ...problem })),
  );
}
