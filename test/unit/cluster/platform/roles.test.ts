import assert from "node:assert/strict";
import { roles, topicRemovers } from "../../../../cluster/platform/roles.js";
import type { Json } from "../../../../kube/manifest.js";
import { asList, at } from "../../../../kube/object.js";

const WRITES = ["create", "update", "patch", "delete", "deletecollection", "bind", "escalate", "impersonate"];

function rulesOf(name: string): readonly Json[] {
  const role = roles().find(({ id }) => id === `ClusterRole/${name}`);
  return asList(role?.manifest["rules"]);
}

/** What a role allows, as `verb group/resource`. */
function allowed(name: string): ReadonlySet<string> {
  const texts = (rule: Json, field: string): readonly string[] => asList(at(rule, field)).map(String);
  return new Set(
    rulesOf(name).flatMap((rule) =>
      texts(rule, "apiGroups").flatMap((group) =>
        texts(rule, "resources").flatMap((resource) =>
          texts(rule, "verbs").map((verb) => `${verb} ${group}/${resource}`),
        ),
      ),
    ),
  );
}

describe("the roles of the platform", () => {
  it("let viewers change nothing and read no Secret [row 95]", () => {
    const viewer = [...allowed("ed8k:viewer")];
    assert.deepEqual(
      viewer.filter((right) => WRITES.some((verb) => right.startsWith(`${verb} `))),
      [],
    );
    assert.deepEqual(
      viewer.filter((right) => right.includes("secrets")),
      [],
    );
    assert.ok(viewer.includes("list /pods"));
    assert.ok(viewer.includes("get /pods/log"));
  });

  it("let editors work with workloads and Secrets, but not move the walls of their environment", () => {
    const editor = allowed("ed8k:editor");
    for (const right of ["create /pods", "delete apps/deployments", "get /secrets", "create /pods/exec"]) {
      assert.ok(editor.has(right), right);
    }
    const walls = ["/resourcequotas", "/limitranges", "networking.k8s.io/networkpolicies", "/namespaces"];
    const broken = [...walls, "rbac.authorization.k8s.io/rolebindings"].flatMap((wall) =>
      WRITES.filter((verb) => editor.has(`${verb} ${wall}`)).map((verb) => `${verb} ${wall}`),
    );
    assert.deepEqual(broken, []);
  });

  it("let nobody do everything, become somebody else or give more than editor [row 98]", () => {
    const all = ["ed8k:viewer", "ed8k:editor", "ed8k:creator", "ed8k:operator"].flatMap((name) => [...allowed(name)]);
    assert.deepEqual(
      all.filter((right) => /\*|^impersonate|^escalate/.test(right)),
      [],
    );
    for (const name of ["ed8k:creator", "ed8k:operator"]) {
      const binds = rulesOf(name).filter((rule) => asList(at(rule, "verbs")).includes("bind"));
      assert.deepEqual(binds, [
        {
          apiGroups: ["rbac.authorization.k8s.io"],
          resources: ["clusterroles"],
          verbs: ["bind"],
          resourceNames: ["ed8k:editor"],
        },
      ]);
    }
  });

  it("let every developer make namespaces and their walls, and nothing more: no Secret, no pod [rows 38, 43, 95]", () => {
    const group = "rbac.authorization.k8s.io";
    const verbs = ["create", "update", "patch", "delete"];
    const kinds = ["/namespaces", "/resourcequotas", "/limitranges", "networking.k8s.io/networkpolicies"];
    const writes = [...kinds, `${group}/rolebindings`].flatMap((kind) => verbs.map((verb) => `${verb} ${kind}`));
    assert.deepEqual([...allowed("ed8k:creator")].sort(), [...writes, `bind ${group}/clusterroles`].sort());
  });

  it("are given to exactly these groups", () => {
    const bindings = roles().filter(({ manifest }) => manifest.kind === "ClusterRoleBinding");
    assert.deepEqual(
      bindings.map(({ manifest }) => [
        at(manifest["roleRef"], "name"),
        ...asList(manifest["subjects"]).map((subject) => at(subject, "name")),
      ]),
      [
        ["ed8k:viewer", "ed8k:developers", "ed8k:ci"],
        ["ed8k:creator", "ed8k:developers"],
        ["ed8k:operator", "ed8k:ci", "ed8k:platform"],
      ],
    );
  });

  it("let developers run Jobs beside the shared Kafka", () => {
    const [role, binding, ...others] = topicRemovers(["Namespace/ed8k-shared"]);
    assert.deepEqual(others, []);
    assert.deepEqual(role, {
      id: "ed8k-shared/Role/topic-removers",
      after: ["Namespace/ed8k-shared"],
      ignoreChanges: [],
      manifest: {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "Role",
        metadata: { name: "topic-removers", namespace: "ed8k-shared" },
        rules: [{ apiGroups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "watch", "create", "delete"] }],
      },
    });
    assert.deepEqual(
      [binding?.after, binding?.manifest["roleRef"], binding?.manifest["subjects"]],
      [
        ["ed8k-shared/Role/topic-removers"],
        { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "topic-removers" },
        [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ed8k:developers" }],
      ],
    );
  });
});
