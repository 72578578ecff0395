import type { Keys } from "../../login/sts-url.js";
import { element } from "../ec2/xml.js";
import type { Store } from "../store.js";

/** A key that the emulator has given out. */
export interface IssuedKey {
  readonly secretAccessKey: string;
  /** ISO 8601; keys of users do not expire. */
  readonly expiration?: string;
}

export type KeyState = Record<string, IssuedKey>;

/** Answers that hold a new key. */
const ISSUING = ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "GetSessionToken", "CreateAccessKey"];

/**
 * Remembers the key in an answer of STS or IAM, so that signatures made with it can be checked later. Forgets those that
 * are no longer valid.
 */
export function noteKey(
  store: Store<KeyState>,
  { action, xml, now }: { readonly action: string; readonly xml: string; readonly now: number },
): void {
  const accessKeyId = element(xml, "AccessKeyId");
  if (!ISSUING.includes(action) || accessKeyId === "") return;
  for (const [id, { expiration }] of Object.entries(store.data)) {
    if (expiration !== undefined && Date.parse(expiration) < now) Reflect.deleteProperty(store.data, id);
  }
  const expiration = element(xml, "Expiration");
  store.data[accessKeyId] = {
    secretAccessKey: element(xml, "SecretAccessKey"),
    ...(expiration === "" ? {} : { expiration }),
  };
  store.save();
}

/** Keys that the front knows. */
export interface KnownKeys {
  readonly issued: KeyState;
  readonly rootKey: Keys;
}

/** The secret of a key that is valid; `undefined` when there is none. */
export function secretOf(accessKeyId: string, { issued, rootKey }: KnownKeys, now: number): string | undefined {
  if (accessKeyId === rootKey.accessKeyId) return rootKey.secretAccessKey;
  const key = issued[accessKeyId];
  const isOver = key?.expiration !== undefined && Date.parse(key.expiration) < now;
  return isOver ? undefined : key?.secretAccessKey;
}
