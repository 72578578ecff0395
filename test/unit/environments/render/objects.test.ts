import assert from "node:assert/strict";
import { markUnstable, readObjects } from "../../../../environments/render/objects.js";
import { renderedOf, serviceOf } from "../fixtures.js";

const service = serviceOf("bos");

function read(text: string) {
  return readObjects(service, `---\n# Source: bos/templates/a.yaml\n${text}`, {});
}

describe("objects of a chart", () => {
  it("are taken out of lists, and comments are none", () => {
    const list = "apiVersion: v1\nkind: List\nitems:\n";
    const item = (name: string): string => `  - { apiVersion: v1, kind: ConfigMap, metadata: { name: ${name} } }\n`;
    const { objects, faults } = read(list + item("a") + item("b"));
    assert.deepEqual(faults, []);
    assert.deepEqual(
      objects.map(({ manifest }) => manifest.metadata.name),
      ["a", "b"],
    );
    assert.deepEqual(read("# nothing\n"), { objects: [], faults: [] });
  });

  it("are taken out of lists of one kind, and of lists in lists", () => {
    const role = "{ apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: { name: a } }";
    const roles = `{ apiVersion: rbac.authorization.k8s.io/v1, kind: RoleList, items: [${role}] }`;
    const { objects, faults } = read(`apiVersion: v1\nkind: List\nitems:\n  - ${roles}\n`);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      objects.map(({ manifest: { kind, metadata } }) => `${kind} ${metadata.name}`),
      ["Role a"],
    );
  });

  it("have an API version, a kind and a name", () => {
    assert.deepEqual(
      read("kind: ConfigMap\nmetadata: { generateName: x- }\n").faults.map(
        ({ where, problem }) => `${where}: ${problem}`,
      ),
      [
        "services/bos/templates/a.yaml:3 (as rendered): is no Kubernetes object: apiVersion, metadata.name must be text",
      ],
    );
  });

  it("have the same name each time", () => {
    const job = (name: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: ${name}\n`;
    const one = renderedOf(service, job("migrate-1"));
    const { faults } = markUnstable(one.files, one.objects, [renderedOf(service, job("migrate-2")).objects]);
    assert.deepEqual(faults, [
      {
        where: "services/bos/templates/all.yaml:4",
        problem: 'Job "migrate-1" has another name each time the chart is rendered',
        hint: "give it a fixed name; a Job runs again by itself when what it does changes",
      },
    ]);
  });
});
