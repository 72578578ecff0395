import { createHash, randomBytes } from "node:crypto";
import { asText } from "../../../kube/object.js";
import type { CheckCall, Checked } from "../plugin/provider.js";
import { isMap, Unknown, type ValueMap } from "../plugin/values.js";
import { annotation, isAnnotated, PULUMI, valueAt } from "./annotations.js";
import { metaText } from "./checkpoint.js";
import { cleanInputs, markSecrets } from "./inputs.js";
import { kindOfType } from "./kinds.js";
import type { Session } from "./session.js";

/** Completes inputs: kind, name, namespace; and marks what is secret in them. */
export async function checkInputs(session: Session, call: CheckCall): Promise<Checked> {
  const ref = kindOfType(call.type);
  const given: ValueMap = { ...cleanInputs(call.inputs), apiVersion: ref.apiVersion, kind: ref.kind };
  const named = withName(given, call);
  const inputs = (await session.isNamespaced(ref)) ? withNamespace(named, session.defaultNamespace) : named;
  return { inputs: markSecrets(inputs, call.inputs), failures: wrongKind(call) };
}

function wrongKind({ type, inputs }: CheckCall): Checked["failures"] {
  const ref = kindOfType(type);
  return (["apiVersion", "kind"] as const)
    .filter((field) => typeof inputs[field] === "string" && inputs[field] !== ref[field])
    .map((property) => ({
      property,
      reason: `is "${asText(inputs[property])}", but the type ${type} has "${ref[property]}"`,
    }));
}

/**
 * Objects without a name get one of the resource's name and eight random digits, and keep it. The annotation tells it,
 * so that a replacement may have another name, and be made before the old one goes.
 */
function withName(inputs: ValueMap, { name, oldInputs = {}, seed }: CheckCall): ValueMap {
  const isNamed = metaText(inputs, "name") ?? metaText(inputs, "generateName");
  if (isNamed !== undefined || isMetadataUnknown(inputs)) return inputs;
  const before = isAnnotated(oldInputs, PULUMI.autonamed) ? metaText(oldInputs, "name") : undefined;
  return withMetadata(inputs, {
    name: before ?? `${name}-${digits(seed)}`,
    annotations: { ...annotationsOf(inputs), [PULUMI.autonamed]: annotation(oldInputs, PULUMI.autonamed) ?? "true" },
  });
}

function withNamespace(inputs: ValueMap, namespace: string): ValueMap {
  if (isMetadataUnknown(inputs) || valueAt(inputs, "metadata", "namespace") !== undefined) return inputs;
  return withMetadata(inputs, { namespace });
}

function withMetadata(inputs: ValueMap, fields: ValueMap): ValueMap {
  const metadata = inputs["metadata"];
  return { ...inputs, metadata: { ...(isMap(metadata) ? metadata : {}), ...fields } };
}

function annotationsOf(inputs: ValueMap): ValueMap {
  const annotations = valueAt(inputs, "metadata", "annotations");
  return isMap(annotations) ? annotations : {};
}

function isMetadataUnknown(inputs: ValueMap): boolean {
  return valueAt(inputs, "metadata") instanceof Unknown || valueAt(inputs, "metadata", "name") instanceof Unknown;
}

/** The same for the same seed; engines that give none get other digits each time. */
function digits(seed: Uint8Array): string {
  return createHash("sha256")
    .update(seed.length === 0 ? randomBytes(8) : seed)
    .digest("hex")
    .slice(0, 8);
}
