import assert from "node:assert/strict";
import {
  errorCode,
  isAlreadyExists,
  isConflict,
  isNotFound,
  KubeError,
  UnreachableError,
} from "../../../kube/errors.js";

const TARGET = { context: "dev", server: "https://api.test:6443" };
const coded = (code: string): Error => Object.assign(new Error(`raw ${code}`), { code });

describe("faults of a cluster", () => {
  for (const [code, words] of [
    ["ECONNREFUSED", "nothing listens there (connection refused)"],
    ["ENOTFOUND", "its name is not known (DNS)"],
    ["ETIMEDOUT", "it does not answer (timed out)"],
    ["ECONNRESET", "the connection was cut"],
    ["CERT_HAS_EXPIRED", "its certificate has expired"],
    [
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "its certificate is signed by itself, not by the kubeconfig's certificate authority",
    ],
    ["EWHATEVER", "raw EWHATEVER"],
  ] as const) {
    it(`explain ${code} in words`, () => {
      const error = new UnreachableError(TARGET, coded(code));
      const start = 'The cluster of context "dev" at https://api.test:6443 cannot be reached';
      assert.equal(error.message, `${start}: ${words}`);
      assert.equal(error.exit, "failed");
    });
  }

  it("are those of the first address where several were tried", () => {
    assert.equal(errorCode(new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")])), "ECONNREFUSED");
    assert.equal(errorCode(new AggregateError([])), "");
    assert.equal(errorCode("text"), "");
  });

  for (const [status, reason] of [
    [401, "Unauthorized"],
    [403, "Forbidden"],
    [404, "NotFound"],
    [409, "Conflict"],
    [500, "Unknown"],
  ] as const) {
    it(`have the reason ${reason} where the server gives none with status ${status}`, () => {
      assert.equal(new KubeError(status, "").reason, reason);
    });
  }

  it("are told apart", () => {
    const [missing, taken] = [new KubeError(404, {}), new KubeError(409, { reason: "AlreadyExists" })];
    const conflict = new KubeError(409, { reason: "Conflict" });
    assert.deepEqual([missing, taken, conflict, new Error("x")].map(isNotFound), [true, false, false, false]);
    assert.deepEqual([missing, taken, conflict, new Error("x")].map(isAlreadyExists), [false, true, false, false]);
    assert.deepEqual([missing, taken, conflict, new Error("x")].map(isConflict), [false, false, true, false]);
  });

  it("of a page of HTML are told in its first 300 letters", () => {
    assert.equal(new KubeError(502, "x".repeat(1000)).message.length, 300);
  });
});
