import assert from "node:assert/strict";
import { bentObject, notesOf } from "../fixtures.js";

const set = (fields: string): string =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db }\nspec: { ${fields} }\n`;
const VOLUMES = "volumeClaimTemplates: [{ metadata: { name: data } }]";
const policyOf = (text: string): unknown => {
  const { spec } = bentObject(text) as unknown as { spec: Readonly<Record<string, unknown>> };
  return spec["persistentVolumeClaimRetentionPolicy"];
};

describe("volumes of charts", () => {
  it("go with their StatefulSet, whose passwords are new when it is started again; it is told", () => {
    assert.deepEqual(policyOf(set(VOLUMES)), { whenDeleted: "Delete", whenScaled: "Retain" });
    assert.deepEqual(notesOf(set(VOLUMES)), [
      'bent: StatefulSet "db": its volumes go with it when the service is stopped',
    ]);
  });

  it("do as the chart says where it says something", () => {
    const own = (policy: string): string => set(`${VOLUMES}, persistentVolumeClaimRetentionPolicy: { ${policy} }`);
    assert.deepEqual(policyOf(own("whenDeleted: Retain")), { whenDeleted: "Retain" });
    assert.deepEqual(notesOf(own("whenDeleted: Retain")), []);
    assert.deepEqual(policyOf(own("whenScaled: Delete")), { whenDeleted: "Delete", whenScaled: "Delete" });
  });

  it("are no matter where there are none", () => {
    for (const text of [set("replicas: 1"), set("volumeClaimTemplates: null")]) {
      assert.equal(policyOf(text), undefined);
      assert.deepEqual(notesOf(text), []);
    }
  });
});

describe("what charts expect of Helm and of the API server", () => {
  it("what Helm would keep is told to go", () => {
    const text =
      "apiVersion: v1\nkind: Secret\nmetadata: { name: a, annotations: { helm.sh/resource-policy: keep } }\n";
    assert.deepEqual(notesOf(text), [
      'bent: Secret "a" is not kept (helm.sh/resource-policy): it goes when the service is stopped',
    ]);
    assert.deepEqual(notesOf(text.replace("keep", "delete")), []);
  });

  it("rights that no pod can use are told", () => {
    const binding = (name: string): string =>
      `apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: { name: ${name} }\nroleRef: { kind: Role, name: a }\nsubjects: [{ kind: ServiceAccount, name: a }]\n`;
    assert.deepEqual(notesOf(`${binding("a")}---\n${binding("b")}`), [
      'access: RoleBinding "a", RoleBinding "b": pods have no way to the API server, so that these rights are of no use to them',
    ]);
  });
});
