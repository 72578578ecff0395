import assert from "node:assert/strict";
import { roles } from "../../../../cluster/platform/roles.js";
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
    const rbac = ["rbac.authorization.k8s.io/roles", "rbac.authorization.k8s.io/rolebindings"];
    const broken = [...walls, ...rbac].flatMap((wall) =>
      WRITES.filter((verb) => editor.has(`${verb} ${wall}`)).map((verb) => `${verb} ${wall}`),
    );
    assert.deepEqual(broken, []);
  });

  it("let nobody do everything, become somebody else or give more than editor [row 98]", () => {
    const all = ["ed8k:viewer", "ed8k:editor", "ed8k:operator"].flatMap((name) => [...allowed(name)]);
    assert.deepEqual(
      all.filter((right) => /\*|^impersonate|^escalate/.test(right)),
      [],
    );
    const binds = rulesOf("ed8k:operator").filter((rule) => asList(at(rule, "verbs")).includes("bind"));
    assert.deepEqual(binds, [
      {
        apiGroups: ["rbac.authorization.k8s.io"],
        resources: ["clusterroles"],
        verbs: ["bind"],
        resourceNames: ["ed8k:editor"],
      },
    ]);
  });
});
