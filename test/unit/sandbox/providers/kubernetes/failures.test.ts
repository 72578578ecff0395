import assert from "node:assert/strict";
import { KubeError } from "../../../../../kube/errors.js";
import { explain, hideSecrets, isNoKind, isPassing } from "../../../../../sandbox/providers/kubernetes/failures.js";
import { Secret } from "../../../../../sandbox/providers/plugin/values.js";

describe("the Kubernetes stand-in: failures", () => {
  for (const [what, error, passes] of [
    ["a namespace or kind that is missing", new KubeError(404, {}), true],
    [
      "a quota that is being counted",
      new KubeError(409, { reason: "Conflict", details: { kind: "resourcequotas" } }),
      true,
    ],
    ["another conflict", new KubeError(409, { reason: "Conflict" }), false],
    ["a quota whose state is not known yet", new KubeError(403, { message: "status unknown for quota: q" }), true],
    [
      "a service account that is not there yet",
      new KubeError(403, { message: "error looking up service account a/default" }),
      true,
    ],
    ["a quota that is used up", new KubeError(403, { message: "exceeded quota: q" }), false],
    ["what is no refusal", new Error("x"), false],
  ] as const) {
    it(`${passes ? "repeat" : "do not repeat"} ${what}`, () => {
      assert.equal(isPassing(error), passes);
    });
  }

  it("tell an unknown kind from other things that are missing", () => {
    assert.equal(isNoKind(new KubeError(404, { reason: "NoKindMatch" })), true);
    assert.equal(isNoKind(new KubeError(404, { reason: "NotFound" })), false);
  });

  it("hide what is secret: the longest first, in the clear and in base64, but not single letters", () => {
    const inputs = { spec: { password: new Secret("hunter2"), longer: new Secret("hunter2!"), pin: new Secret("1") } };
    const encoded = Buffer.from("hunter2").toString("base64");
    assert.equal(hideSecrets(`hunter2! hunter2 ${encoded} 1`, inputs), "[secret] [secret] [secret] 1");
  });

  it("hide a Secret's data in the clear too", () => {
    const inputs = { apiVersion: "v1", kind: "Secret", data: { k: Buffer.from("hunter2").toString("base64") } };
    assert.equal(hideSecrets("bad hunter2", inputs), "bad [secret]");
  });

  it("tell where to read about conflicts of fields", () => {
    assert.match(
      explain(new KubeError(409, { reason: "Conflict", message: "m" }), {}),
      /^Server-Side Apply field conflict detected\. See https.*\n: m$/,
    );
    assert.equal(explain("text", {}), "text");
  });
});
