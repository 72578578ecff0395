import assert from "node:assert/strict";
import fc from "fast-check";
import { at } from "../../../../../kube/object.js";
import { admissionPolicy, dataLiteral, literal, literals } from "../../../../../cluster/platform/admission/policy.js";

const rule = {
  name: "ed8k-test",
  resources: { "": ["pods"], apps: ["deployments"] },
  operations: ["CREATE"],
  variables: { name: "object.metadata.name" },
  validations: [{ expression: "variables.name != 'x'", message: "'not x'" }],
} as const;

describe("an admission policy", () => {
  it("is in force for users in environments, and when it cannot be asked nothing is taken", () => {
    const [policy, binding, ...others] = admissionPolicy({ ...rule, scope: "environments", appliesTo: "users" });
    assert.deepEqual(others, []);
    assert.deepEqual(policy, {
      id: "ValidatingAdmissionPolicy/ed8k-test",
      after: [],
      ignoreChanges: [],
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name: "ed8k-test" },
        spec: {
          failurePolicy: "Fail",
          matchConstraints: {
            resourceRules: [
              { apiGroups: [""], apiVersions: ["*"], operations: ["CREATE"], resources: ["pods"] },
              { apiGroups: ["apps"], apiVersions: ["*"], operations: ["CREATE"], resources: ["deployments"] },
            ],
            excludeResourceRules: undefined,
          },
          matchConditions: [
            {
              name: "users",
              expression:
                "!(request.userInfo.groups.exists(group, group in ['system:masters', 'system:nodes', " +
                "'system:serviceaccounts:kube-system', 'system:serviceaccounts:ed8k-system', 'system:serviceaccounts:ed8k-platform', 'system:serviceaccounts:ed8k-gateway', 'ed8k:platform', 'ed8k:ci']) || " +
                "request.userInfo.username in ['system:kube-controller-manager', 'system:kube-scheduler', 'system:apiserver'])",
            },
          ],
          variables: [{ name: "name", expression: "object.metadata.name" }],
          validations: [{ expression: "variables.name != 'x'", messageExpression: "'not x'", reason: "Forbidden" }],
        },
      },
    });
    assert.deepEqual(binding, {
      id: "ValidatingAdmissionPolicyBinding/ed8k-test",
      after: ["ValidatingAdmissionPolicy/ed8k-test"],
      ignoreChanges: [],
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicyBinding",
        metadata: { name: "ed8k-test" },
        spec: {
          policyName: "ed8k-test",
          validationActions: ["Deny"],
          matchResources: { namespaceSelector: { matchLabels: { "ed8k.dev/managed": "true" } } },
        },
      },
    });
  });
});

describe("an admission policy for everything in a namespace", () => {
  it("leaves namespaces themselves to their own policy", () => {
    const all = { ...rule, resources: { "*": ["*/*"] }, scope: "environments", appliesTo: "users" } as const;
    const [policy] = admissionPolicy({ ...all, exceptNamespaces: true });
    assert.deepEqual(at(policy?.manifest["spec"], "matchConstraints", "excludeResourceRules"), [
      { apiGroups: [""], apiVersions: ["*"], operations: ["*"], resources: ["namespaces", "namespaces/*"] },
    ]);
  });
});

describe("a literal of CEL", () => {
  it("is the text, whatever it holds: it neither ends early nor breaks the line", () => {
    const text = fc.string({ unit: fc.constantFrom("a", " ", "'", '"', "\\", "n", "\n", "\r", "é") });
    fc.assert(
      fc.property(text, (value) => {
        const written = literal(value);
        assert.match(written, /^'(?:[^'\\\n\r]|\\['\\nr])*'$/);
        const read = written
          .slice(1, -1)
          .replace(/\\(.)/g, (_, letter: string) => ({ n: "\n", r: "\r" })[letter] ?? letter);
        assert.equal(read, value);
      }),
    );
  });

  it("may be any data, whose values of several types are together", () => {
    assert.equal(dataLiteral({ a: "it's", b: "c" }), "{'a': 'it\\'s', 'b': 'c'}");
    assert.equal(dataLiteral({ a: "b", c: [1, true, {}] }), "{'a': dyn('b'), 'c': dyn([dyn(1), dyn(true), dyn({})])}");
    assert.equal(dataLiteral([]), "[]");
  });

  it("may be a list", () => {
    assert.equal(literals(["it's", "b"]), "['it\\'s', 'b']");
    assert.equal(literals([]), "[]");
  });
});
