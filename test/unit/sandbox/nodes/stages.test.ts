import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { SIMULATED } from "../../../../sandbox/nodes/kwok.js";
import { REAL_NODE } from "../../../../sandbox/nodes/real/layout.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
interface Stage {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector: { readonly matchExpressions: readonly Requirement[] };
    readonly steps?: readonly { readonly apply: { readonly template: string } }[];
  };
}

const text = readFileSync(join(checkoutRoot(), "sandbox", "nodes", "stages.yaml"), "utf8");
const stages = parseAllDocuments(text).map((document) => document.toJS() as Stage);

function stage(name: string): Stage["spec"] {
  const found = stages.find(({ metadata }) => metadata.name === name);
  assert.ok(found);
  return found.spec;
}

describe("volumes that kwok plays", () => {
  it("are those of claims on simulated nodes, whose names a real one does not have", () => {
    const { matchExpressions } = stage("pvc-provision").selector;
    const selected = matchExpressions.filter(({ key }) => key.includes("selected-node"));
    assert.deepEqual(selected, [
      {
        key: '.metadata.annotations["volume.kubernetes.io/selected-node"] // "" | test("^ed8k-node-[0-9]+$")',
        operator: "In",
        values: ["true"],
      },
    ]);
    const pattern = new RegExp(/test\("(.*)"\)/.exec(selected[0]?.key ?? "")?.[1] ?? "");
    assert.deepEqual(
      ["ed8k-node-1", "ed8k-node-250", REAL_NODE, ""].map((name) => pattern.test(name)),
      [true, true, false, false],
    );
  });

  it("stay on simulated nodes: a real one could not mount them", () => {
    const template = stage("pvc-provision").steps?.[0]?.apply.template ?? "";
    assert.match(
      template,
      new RegExp(
        `nodeAffinity:\\n +required:\\n +nodeSelectorTerms:\\n +- matchExpressions:\\n +- key: ${SIMULATED.label}\\n +operator: In\\n +values: \\[${SIMULATED.value}\\]\\n`,
      ),
    );
  });

  it("are removed by it alone, and it removes no others", () => {
    const { matchExpressions } = stage("pv-delete").selector;
    assert.deepEqual(
      matchExpressions.filter(({ key }) => key.startsWith(".spec.csi")),
      [{ key: ".spec.csi.driver", operator: "In", values: ["ebs.csi.aws.com"] }],
    );
  });
});
