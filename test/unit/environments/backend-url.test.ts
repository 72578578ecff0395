import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalBackend } from "../../../environments/backend-url.js";

describe("which backend a URL means", () => {
  for (const [url, expected] of [
    ["", ""],
    ["file:///state", "file:///state"],
    ["file:///state/?no_tmp_dir=true", "file:///state"],
    ["file:///a:b@c/d", "file:///a:b@c/d"],
    ["file://~", "file://~"],
    ["s3://bucket?region=eu-west-1&profile=me@company", "s3://bucket"],
    ["s3://bucket/team@company/", "s3://bucket/team@company"],
    ["https://api.pulumi.com/", "https://api.pulumi.com"],
    ["HTTPS://API.pulumi.com", "https://api.pulumi.com"],
    ["https://:canary@host", "https://host"],
    ["postgres://me:canary@db:5432/state", "postgres://db:5432/state"],
    ["postgres://db/state?user=me@company&password=canary", "postgres://db/state"],
    ["postgres://db:5432?user=me@company&password=canary", "postgres://…"],
    ["postgres://me:can@ry@db/state", "postgres://db/state"],
    ["postgres://me:can/ry@db/state", "postgres://…"],
    ["postgres://me:12/ry@db/state", "postgres://db/state"],
    ["postgres://me:can?ry@db/state", "postgres://…"],
    ["postgres://me:12?ry@db/state", "postgres://…"],
    ["postgres://me:canary@[::1]:5432/state", "postgres://[::1]:5432/state"],
    ["me:canary@db/state", "db/state"],
  ] as const) {
    it(`${url} is ${expected}`, () => {
      assert.equal(canonicalBackend(url), expected);
    });
  }

  it("is the same however often it is asked", () => {
    const url = fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string());
    fc.assert(
      fc.property(url, (each) => assert.equal(canonicalBackend(canonicalBackend(each)), canonicalBackend(each))),
    );
  });

  it("never tells a password, wherever and however it is written", () => {
    const password = fc
      .string({ minLength: 1, unit: fc.constantFrom(..."aZ09:/?#@%&=+ ;[]") })
      .map((text) => `CANARY${text}`);
    const url = fc.oneof(
      password.map((each) => `postgres://me:${each}@db:5432/state`),
      password.map((each) => `postgres://db/state?user=me&password=${each}`),
      password.map((each) => `postgres://me:${encodeURIComponent(each)}@db/state?sslmode=disable`),
      password.map((each) => `https://${each}@host/path`),
      password.map((each) => `s3://bucket/state?awssdk=v2&secret=${each}`),
    );
    fc.assert(
      fc.property(url, (each) => assert.equal(canonicalBackend(each).includes("CANARY"), false)),
      { numRuns: 1000 },
    );
  });
});
