import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";

/** What `SignatureV4` computes with. */
export class Sha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key = typeof secret === "string" || ArrayBuffer.isView(secret) ? secret : new Uint8Array(secret ?? []);
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", key as string | Uint8Array);
  }

  update(chunk: Uint8Array): void {
    this.#hash.update(chunk);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}
