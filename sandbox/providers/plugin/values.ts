import type { Struct as StructMessage } from "google-protobuf/google/protobuf/struct_pb.js";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import type { Json } from "../../../kube/manifest.js";

/** A value that must not be seen: the engine encrypts it in the state and hides it in its output. */
export class Secret {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }
}

/** A value that is only known once something has been made; in previews alone. */
export class Unknown {
  static readonly value = new Unknown();
}

/** What the engine and a provider say to each other: JSON, and in it secrets and values not known yet. */
export type Value = null | boolean | number | string | readonly Value[] | ValueMap | Secret | Unknown;
export interface ValueMap {
  readonly [key: string]: Value | undefined;
}

/** Marks of the wire format. https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/property-values.html */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Reads a message of the engine; a missing one is an empty map. */
export function fromStruct(struct: StructMessage | undefined): ValueMap {
  const decoded = decode(struct?.toJavaScript() ?? {});
  return isMap(decoded) ? decoded : {};
}

/** Writes a message to the engine; `undefined` fields are left out. */
export function toStruct(map: ValueMap): StructMessage {
  return structs.Struct.fromJavaScript(encode(map) as Record<string, structs.JavaScriptValue>);
}

export function isMap(value: Value | undefined): value is ValueMap {
  return typeof value === "object" && value !== null && !isList(value) && !isMarked(value);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** The value itself, out of its secret. */
export function reveal(value: Value | undefined): Value | undefined {
  return value instanceof Secret ? reveal(value.value) : value;
}

/** The same without any secret's wrapping; unknown values stay. */
export function unwrap(value: Value): Value {
  const bare = reveal(value) ?? null;
  if (isList(bare)) return bare.map(unwrap);
  if (!isMap(bare)) return bare;
  return mapValues(bare, unwrap);
}

/** Plain JSON, without wrapping of secrets; unknown values are left out. */
export function toJson(value: Value): Json {
  const bare = reveal(value) ?? null;
  if (isList(bare)) return bare.filter((item) => !(reveal(item) instanceof Unknown)).map(toJson);
  if (!isMap(bare)) return bare instanceof Unknown || bare instanceof Secret ? null : bare;
  const known = Object.entries(bare).filter(([, item]) => item !== undefined && !(reveal(item) instanceof Unknown));
  return Object.fromEntries(known.map(([key, item]) => [key, toJson(item ?? null)]));
}

/** JSON is a value as it is; this only tells the compiler so. */
export function fromJson(json: Json): Value {
  return json;
}

export function hasUnknown(value: Value | undefined): boolean {
  return some(value, (item) => item instanceof Unknown);
}

export function hasSecret(value: Value | undefined): boolean {
  return some(value, (item) => item instanceof Secret);
}

/** Every text and number that is inside a secret, as text: what must not be in a message. */
export function secretTexts(value: Value | undefined, inside = false): string[] {
  if (value instanceof Secret) return secretTexts(value.value, true);
  if (isList(value)) return value.flatMap((item) => secretTexts(item, inside));
  if (isMap(value)) return Object.values(value).flatMap((item) => secretTexts(item, inside));
  return inside && (typeof value === "string" || typeof value === "number") ? [String(value)] : [];
}

export function mapValues(map: ValueMap, change: (value: Value) => Value): ValueMap {
  const entries = Object.entries(map).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, change(item ?? null)]));
}

function some(value: Value | undefined, test: (value: Value | undefined) => boolean): boolean {
  if (test(value)) return true;
  if (value instanceof Secret) return some(value.value, test);
  if (isList(value)) return value.some((item) => some(item, test));
  return isMap(value) && Object.values(value).some((item) => some(item, test));
}

function isMarked(value: object): value is Secret | Unknown {
  return value instanceof Secret || value instanceof Unknown;
}

function decode(value: structs.JavaScriptValue): Value {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value === "string") return value === UNKNOWN ? Unknown.value : value;
  if (typeof value !== "object" || value === null) return value;
  const map = value as Record<string, structs.JavaScriptValue>;
  const signature = map[SIGNATURE];
  if (signature === SECRET) return new Secret(decode(map["value"] ?? null));
  if (signature === OUTPUT) return decodeOutput(map);
  return Object.fromEntries(Object.entries(map).map(([key, item]) => [key, decode(item)]));
}

function decodeOutput(map: Record<string, structs.JavaScriptValue>): Value {
  const value = "value" in map ? decode(map["value"] ?? null) : Unknown.value;
  return map["secret"] === true ? new Secret(value) : value;
}

function encode(value: Value): structs.JavaScriptValue {
  if (value instanceof Unknown) return UNKNOWN;
  if (value instanceof Secret) return { [SIGNATURE]: SECRET, value: encode(value.value) };
  if (isList(value)) return value.map(encode);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, encode(item ?? null)]));
}
