import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lintChart } from "../../../../services/lint/lint.js";
import { readService } from "../../../../services/parse-service.js";
import { LANGUAGES } from "../../../../services/scaffold/languages.js";
import { writeNewService } from "../../../../services/scaffold/scaffold.js";
import { cleanUp, errorOf, scratchFolder } from "../../sandbox/scratch.js";

const FILES = [
  "Chart.yaml",
  "ed8k.yaml",
  "templates/_helpers.tpl",
  "templates/configmap.yaml",
  "templates/deployment.yaml",
  "templates/service.yaml",
  "values.yaml",
];

describe("a new service", () => {
  afterEach(cleanUp);

  for (const language of LANGUAGES) {
    it(`in ${language} passes lint with nothing to tell [row 20] [row 105]`, async () => {
      const folder = join(scratchFolder(), "ledger");
      assert.deepEqual(await writeNewService({ name: "ledger", owner: "team-books", language, folder }), FILES);
      assert.deepEqual(await lintChart(folder, "ledger"), { chart: "ledger", faults: [], notes: [] });
      for (const file of FILES) assert.doesNotMatch(readFileSync(join(folder, file), "utf8"), /@[a-z]+@/, file);
    });
  }

  it("has its language's port, debugger and commands", async () => {
    const folder = join(scratchFolder(), "ledger");
    await writeNewService({ name: "ledger", owner: "team-books", language: "go", folder });
    assert.deepEqual((await readService(folder, "ledger")).development, {
      sync: [{ from: ".", to: "/app" }],
      run: [{ command: "go mod download", when: ["go.mod", "go.sum"] }],
      debug: { port: 2345, tool: "delve" },
    });
    assert.match(readFileSync(join(folder, "values.yaml"), "utf8"), /^port: 8080$/m);
  });

  for (const [name, problem] of [
    ["Ledger", "allowed are lower-case letters, digits and single dashes between them, beginning with a letter"],
    ["../ledger", "allowed are lower-case letters, digits and single dashes between them, beginning with a letter"],
    ["--help", "allowed are lower-case letters, digits and single dashes between them, beginning with a letter"],
    ["a".repeat(41), "it has 41 characters, at most 40 are allowed"],
  ] as const) {
    it(`is not called ${name}`, async () => {
      const folder = join(scratchFolder(), "new");
      const error = await errorOf(() => writeNewService({ name, owner: "team", language: "node", folder }));
      assert.equal(error.message, `"${name}" is no name for a service: ${problem}`);
      assert.equal(existsSync(folder), false);
    });
  }

  it("does not write into a folder that is there", async () => {
    const folder = join(scratchFolder(), "ledger");
    mkdirSync(folder);
    const error = await errorOf(() => writeNewService({ name: "ledger", owner: "team", language: "node", folder }));
    assert.equal(error.message, `the folder ${folder} exists already; a new service gets a new one`);
  });
});
