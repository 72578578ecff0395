import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { reportText, serviceLint } from "../../../../../ed8kctl/commands/service/lint.js";
import { checkoutRoot } from "../../../../../sandbox/paths.js";
import { writeNewService } from "../../../../../services/scaffold/scaffold.js";
import { cleanUp, scratchFolder } from "../../../sandbox/scratch.js";
import { recorded } from "./recorder.js";

describe("ed8kctl service lint", () => {
  afterEach(cleanUp);

  it("finds every chart of this repository good, by its catalogue [row 90]", async () => {
    const { error, texts } = await recorded(serviceLint, [join(checkoutRoot(), "services/catalogue.yaml")]);
    assert.equal(error, undefined);
    const lines = texts[0]?.split("\n").filter((line) => !line.startsWith("  note: ")) ?? [];
    const shown = (name: string): string => relative(process.cwd(), join(checkoutRoot(), "services", name));
    assert.deepEqual(
      lines,
      ["bos", "fxsuite", "kafka-ui", "mailbox", "toolbox"].map((name) => `✓ ${shown(name)}: good`),
    );
  });

  it("fails with the charts that must be mended, after telling all", async () => {
    const good = join(scratchFolder(), "good");
    const bad = join(scratchFolder(), "bad");
    await writeNewService({ name: "good", owner: "team", language: "go", folder: good });
    await writeNewService({ name: "bad", owner: "team", language: "go", folder: bad });
    writeFileSync(join(bad, "Chart.yaml"), "apiVersion: v2\nname: bad\n");
    const [shownGood, shownBad] = [good, bad].map((folder) => relative(process.cwd(), folder));
    const { error, texts } = await recorded(serviceLint, [good, bad, bad]);
    assert.deepEqual(texts[0]?.split("\n"), [
      `✓ ${shownGood}: good`,
      `✗ ${shownBad}: 1 fault`,
      `  ${shownBad}/Chart.yaml:1:1: version: is missing; it must be of type string`,
    ]);
    assert.equal(error?.message, `1 of 2 charts must be mended: ${shownBad}`);
  });

  it("tells faults with what to do, and notes", () => {
    assert.equal(
      reportText({
        chart: "services/x",
        faults: [
          { where: "services/x/templates/a.yaml:3", problem: "is wrong [images]", hint: "mend it" },
          { where: "services/x/ed8k.yaml:1:1", problem: "is missing" },
        ],
        notes: [{ subject: "x", rule: "bent", text: "Service becomes ClusterIP" }],
      }),
      `✗ services/x: 2 faults
  services/x/templates/a.yaml:3: is wrong [images]
    mend it
  services/x/ed8k.yaml:1:1: is missing
  note: Service becomes ClusterIP [bent]`,
    );
  });
});
