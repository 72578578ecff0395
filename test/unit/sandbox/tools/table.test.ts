import assert from "node:assert/strict";
import { parseVersion, type Tool, TOOLS, type ToolName, type Version } from "../../../../sandbox/tools/table.js";

/** What each program really prints. */
const PRINTED: readonly (readonly [ToolName, string, Version, boolean])[] = [
  ["pulumi", "v3.259.0\n", [3, 259, 0], true],
  ["pulumi", "v3.300.1\n", [3, 300, 1], true],
  ["pulumi", "v3.258.9\n", [3, 258, 9], false],
  ["pulumi", "v4.0.0\n", [4, 0, 0], false],
  ["etcd", "etcd Version: 3.6.16\nGit SHA: Not provided\nGo Version: go1.26.8\n", [3, 6, 16], true],
  ["etcd", "etcd Version: 3.5.9\n", [3, 5, 9], false],
  ["kube-apiserver", "Kubernetes v1.36.3\n", [1, 36, 3], true],
  ["kube-scheduler", "Kubernetes v1.35.9\n", [1, 35, 9], false],
  ["kwok", "kwok version v0.8.0 go1.26.8 (linux/amd64)\n", [0, 8, 0], true],
  ["kwok", "kwok version v0.7.0 go1.25.1 (linux/amd64)\n", [0, 7, 0], false],
  ["kubectl", "Client Version: v1.35.1\nKustomize Version: v5.5.0\n", [1, 35, 1], true],
  ["kubectl", "Client Version: v1.37.0\nKustomize Version: v5.5.0\n", [1, 37, 0], true],
  ["kubectl", "Client Version: v1.32.4-dispatcher\nKustomize Version: v5.5.0\n", [1, 32, 4], false],
  ["helm", "v4.2.3+g0123456\n", [4, 2, 3], true],
  ["helm", "v3.19.0+g3d8990f\n", [3, 19, 0], false],
];

describe("the table of tools", () => {
  for (const [name, text, version, suits] of PRINTED) {
    it(`${suits ? "takes" : "passes over"} ${name} ${version.join(".")} on PATH`, () => {
      const tool: Tool = TOOLS[name];
      assert.deepEqual(parseVersion(text), version);
      assert.equal(tool.suits(version), suits);
    });
  }

  it("reads no version where there is none", () => {
    assert.equal(parseVersion("command not found"), undefined);
  });
});
