import { bindingsName, hash, LABELS } from "../../naming.js";
import { parsePlaceholders } from "../../services/placeholders.js";
import type { ResolvedService } from "../../services/resolved.js";
import type { PodBindings } from "../bend/context.js";
import type { Fulfilment } from "../resources/driver.js";
import type { Note, PlannedObject, Template } from "./types.js";

/** How a service's variables reach its pods. */
export interface PlannedBindings {
  /** `undefined`: the service has no variables. */
  readonly bindings: PodBindings | undefined;
  /** The ConfigMap with what is no secret, and the Secret with the rest; each only where it holds something. */
  readonly objects: readonly PlannedObject[];
  readonly notes: readonly Note[];
}

/** Fills in the placeholders of a service's variables. One whose claim nothing provisions yet is left out and told. */
export function planBindings(
  { name: service, definition }: ResolvedService,
  environment: string,
  fulfilments: ReadonlyMap<string, Fulfilment>,
): PlannedBindings {
  const variables = Object.entries(definition.variables).map(([key, text]) => [key, fill(text, fulfilments)] as const);
  const missing = variables.filter(([, template]) => template === undefined).map(([key]) => key);
  const filled = variables.flatMap(([key, template]) => (template === undefined ? [] : [[key, template] as const]));
  const plain = filled.flatMap(([key, template]) => (isPlain(template) ? [[key, template.join("")] as const] : []));
  const secret = filled.filter(([, template]) => !isPlain(template));
  const metadata = {
    name: bindingsName(service),
    namespace: environment,
    labels: { [LABELS.env]: environment, [LABELS.service]: service },
  };
  const id = (kind: string): string => `${service}/${kind}/${metadata.name}`;
  const common = { after: [], ignoreChanges: [] };
  const configMap = { apiVersion: "v1", kind: "ConfigMap", metadata, data: Object.fromEntries(plain) };
  const secretData: Readonly<Record<string, Template>> = Object.fromEntries(secret);
  return {
    bindings:
      filled.length === 0
        ? undefined
        : {
            name: metadata.name,
            configMap: plain.length > 0,
            secret: secret.length > 0,
            checksum: hash(JSON.stringify(filled)),
          },
    objects: [
      ...(plain.length > 0 ? [{ id: id("ConfigMap"), manifest: configMap, ...common }] : []),
      ...(secret.length > 0
        ? [{ id: id("Secret"), manifest: { apiVersion: "v1", kind: "Secret", metadata }, ...common, secretData }]
        : []),
    ],
    notes: missing.length === 0 ? [] : [{ subject: service, rule: "claim", text: leftOut(missing) }],
  };
}

function leftOut(variables: readonly string[]): string {
  const [one, many] = ["is left out, for its claim is", "are left out, for their claims are"];
  return `${variables.join(", ")} ${variables.length === 1 ? one : many} not made in this version`;
}

function fill(text: string, fulfilments: ReadonlyMap<string, Fulfilment>): Template | undefined {
  const parts = parsePlaceholders(text).map((part): Template | undefined =>
    typeof part === "string" ? [part] : fulfilments.get(part.resource)?.outputs[part.output],
  );
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function isPlain(template: Template): template is readonly string[] {
  return template.every((part) => typeof part === "string");
}
