import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { serviceNew } from "../../../../../ed8kctl/commands/service/new.js";
import { readService } from "../../../../../services/parse-service.js";
import { cleanUp, scratchFolder } from "../../../sandbox/scratch.js";
import { recorded } from "./recorder.js";

describe("ed8kctl service new", () => {
  afterEach(cleanUp);

  it("writes the chart, lists its files and says what is next [row 20]", async () => {
    const folder = join(scratchFolder(), "ledger");
    const { data, texts, error } = await recorded(serviceNew, ["ledger"], { folder, language: "node" });
    assert.equal(error, undefined);
    const files = [
      "Chart.yaml",
      "ed8k.yaml",
      "templates/_helpers.tpl",
      "templates/configmap.yaml",
      "templates/deployment.yaml",
      "templates/service.yaml",
      "values.yaml",
    ];
    assert.deepEqual(data, [{ name: "ledger", folder, files }]);
    const shown = relative(process.cwd(), folder);
    assert.deepEqual(texts[0]?.split("\n"), [
      ...files.map((file) => `  ${shown}/${file}`),
      `the service ledger is written; next: ed8kctl service lint ${shown}, then add to services/catalogue.yaml:`,
      `  ledger: { chart: ${relative(join(process.cwd(), "services"), folder)} }`,
    ]);
    assert.equal((await readService(folder, "ledger")).owner, "team-ledger");
  });

  it("takes the owner that it is told", async () => {
    const folder = join(scratchFolder(), "ledger");
    await recorded(serviceNew, ["ledger"], { folder, owner: "books: and more" });
    assert.equal((await readService(folder, "ledger")).owner, "books: and more");
  });

  it("writes nothing under a bad name", async () => {
    const folder = join(scratchFolder(), "ledger");
    const { error, data } = await recorded(serviceNew, ["Ledger"], { folder });
    assert.match(error?.message ?? "", /^"Ledger" is no name for a service/);
    assert.deepEqual(data, []);
    assert.equal(existsSync(folder), false);
  });
});
