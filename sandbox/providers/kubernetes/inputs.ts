import type { Json, JsonObject, Manifest } from "../../../kube/manifest.js";
import type { LiveObject } from "../../../kube/object.js";
import {
  isList,
  isMap,
  mapValues,
  reveal,
  Secret,
  toJson,
  Unknown,
  type Value,
  type ValueMap,
} from "../plugin/values.js";

/** Fields of metadata that only the API server writes. */
const READ_ONLY = new Set([
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
]);

/** Annotations that controllers write on objects which they were not given. */
const CONTROLLERS = new Set(["deployment.kubernetes.io/revision", "kubectl.kubernetes.io/last-applied-configuration"]);

/** The manifest that inputs describe, as it is sent; values not known yet are left out. */
export function toManifest(inputs: ValueMap): Manifest {
  return renameKeys(toJson(inputs), toDashes) as unknown as Manifest;
}

/** A live object as property values; names that TypeScript cannot spell get underscores, as in the SDK. */
export function fromLive(live: LiveObject): ValueMap {
  return renameKeys(live, toUnderscores) as ValueMap;
}

/**
 * Inputs without nulls and without what only the server may say. Names are spelt as the SDK does: a manifest that was
 * rendered has `x-kubernetes-…` as it is, and would differ from what is read.
 */
export function cleanInputs(inputs: ValueMap): ValueMap {
  const { status: _, ...rest } = cleanMap(inputs);
  const metadata = rest["metadata"];
  if (!isMap(metadata)) return rest;
  const written = Object.entries(metadata).filter(([name]) => !READ_ONLY.has(name));
  return { ...rest, metadata: Object.fromEntries(written) };
}

/** The inputs by which an object could have been made, for `pulumi import`. */
export function inputsOfLive(live: LiveObject): ValueMap {
  const inputs = cleanInputs(fromLive(live));
  const { annotations, ...metadata } = inputs["metadata"] as ValueMap;
  if (!isMap(annotations)) return inputs;
  const own = Object.entries(annotations).filter(([name]) => !CONTROLLERS.has(name));
  return {
    ...inputs,
    metadata: own.length === 0 ? metadata : { ...metadata, annotations: Object.fromEntries(own) },
  };
}

/** Marks what is secret: the contents of Secrets, and whatever was secret in `like`. Lists are secret as a whole. */
export function markSecrets(value: ValueMap, like: ValueMap): ValueMap {
  if (value["kind"] === "Secret" && value["apiVersion"] === "v1") {
    const hidden = ["data", "stringData"].filter((field) => value[field] !== undefined);
    return {
      ...value,
      ...Object.fromEntries(hidden.map((field) => [field, new Secret(reveal(value[field]) ?? null)])),
    };
  }
  return markLike(value, like);
}

/** The value of a Secret's fields as the API server keeps them: `stringData` goes into `data`, in base64. */
export function mergeStringData(inputs: ValueMap): ValueMap {
  const { stringData, ...rest } = inputs;
  const texts = reveal(stringData);
  if (inputs["kind"] !== "Secret" || inputs["apiVersion"] !== "v1" || !isMap(texts)) return inputs;
  const data = reveal(rest["data"]);
  return { ...rest, data: { ...(isMap(data) ? data : {}), ...mapValues(texts, encodeText) } };
}

function encodeText(value: Value): Value {
  const text = reveal(value);
  return text instanceof Unknown
    ? text
    : Buffer.from(typeof text === "string" ? text : JSON.stringify(text)).toString("base64");
}

function markLike(value: ValueMap, like: ValueMap): ValueMap {
  const marked: Record<string, Value | undefined> = { ...value };
  for (const [name, model] of Object.entries(like)) {
    const inner = marked[name];
    if (inner === undefined || model === undefined) continue;
    if (isMap(inner) && isMap(model)) marked[name] = markLike(inner, model);
    else if (!(inner instanceof Secret) && containsSecret(model)) marked[name] = new Secret(inner);
  }
  return marked;
}

function containsSecret(value: Value): boolean {
  if (value instanceof Secret) return true;
  if (isList(value)) return value.some(containsSecret);
  return isMap(value) && Object.values(value).some((item) => item !== undefined && containsSecret(item));
}

function clean(value: Value): Value {
  if (isList(value)) return value.map(clean);
  if (value instanceof Secret) return new Secret(clean(value.value));
  return isMap(value) ? cleanMap(value) : value;
}

function cleanMap(map: ValueMap): ValueMap {
  const present = Object.entries(map).filter(([, item]) => item !== null);
  return mapValues(Object.fromEntries(present.map(([name, item]) => [toUnderscores(name), item])), clean);
}

function renameKeys(json: Json, rename: (name: string) => string): Json {
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => renameKeys(item, rename));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json as JsonObject).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([name, item]) => [rename(name), renameKeys(item ?? null, rename)]));
}

/** `x-kubernetes-preserve-unknown-fields` and its like, in the schemas of CustomResourceDefinitions. */
function toDashes(name: string): string {
  return name.startsWith("x_kubernetes_") ? name.replaceAll("_", "-") : name;
}
function toUnderscores(name: string): string {
  return name.startsWith("x-kubernetes-") ? name.replaceAll("-", "_") : name;
}
