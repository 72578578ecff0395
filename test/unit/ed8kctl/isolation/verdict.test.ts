import assert from "node:assert/strict";
import { isOwnImpersonationRefused, verdictOf } from "../../../../ed8kctl/isolation/verdict.js";
import { KubeError } from "../../../../kube/errors.js";

const answer = (status: number, message: string) => new KubeError(status, { message });

describe("the verdict on an attempt", () => {
  const refusals: readonly (readonly [status: number, message: string, by: string])[] = [
    [403, 'secrets is forbidden: User "ed8k:a" cannot list resource "secrets"', "RBAC"],
    [422, "ValidatingAdmissionPolicy 'ed8k-hosts' with binding 'x' denied request: no", "admission policy ed8k-hosts"],
    [
      403,
      "ValidatingAdmissionPolicy 'ed8k-writers' with binding 'x' denied request: no",
      "admission policy ed8k-writers",
    ],
    [403, 'pods "p" is forbidden: violates PodSecurity "baseline:latest": hostPath volumes', "Pod Security baseline"],
    [403, "pods is forbidden: exceeded quota: environment, requested: cpu=9", "ResourceQuota"],
    [403, "maximum memory usage per Container is 1Gi", "LimitRange"],
    [
      403,
      'user "x" is attempting to grant RBAC permissions not currently held',
      "RBAC, which lets nobody give more than they have",
    ],
    [403, "no", "the API server"],
    [401, "Unauthorized", "the API server"],
  ];
  for (const [status, message, by] of refusals) {
    it(`is that ${by} refused it: ${message.slice(0, 40)}`, () => {
      assert.deepEqual(verdictOf(answer(status, message)), { outcome: "refused", by });
    });
  }

  it("is that it was let through when nothing refused it", () => {
    assert.deepEqual(verdictOf(undefined), { outcome: "let through", said: "it was accepted" });
    assert.deepEqual(verdictOf(answer(400, "Upgrade request required")), {
      outcome: "let through",
      said: "Upgrade request required",
    });
  });

  for (const [status, message] of [
    [404, "pods not found"],
    [409, "already exists"],
    [422, "spec.ports: Required value"],
    [500, "internal error"],
  ] as const) {
    it(`is unclear, not a refusal, for ${status}`, () => {
      assert.deepEqual(verdictOf(answer(status, message)), { outcome: "unclear", said: `${status}: ${message}` });
    });
  }

  it("knows when it is the person at the keyboard who may not", () => {
    assert.equal(isOwnImpersonationRefused(answer(403, 'User "x" cannot impersonate resource "users"')), true);
    assert.equal(isOwnImpersonationRefused(answer(403, 'User "x" cannot list resource "secrets"')), false);
    assert.equal(isOwnImpersonationRefused(new Error("cannot impersonate resource")), false);
  });
});
