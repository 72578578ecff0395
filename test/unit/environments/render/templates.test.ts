import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { readChartFiles } from "../../../../environments/render/templates.js";

describe("the files of a chart", () => {
  let chart = "";
  beforeEach(() => (chart = mkdtempSync(join(tmpdir(), "ed8k-chart-"))));
  afterEach(() => rmSync(chart, { recursive: true }));

  function write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(join(chart, path)), { recursive: true });
    writeFileSync(join(chart, path), content);
  }

  const cases: readonly [string, { twins: number; usesLookup: boolean }][] = [
    ["{{ randAlphaNum 12 }}", { twins: 1, usesLookup: false }],
    ['{{- $ca := genCA "x" 1 -}}', { twins: 1, usesLookup: false }],
    ['{{ now | date "2006" }}', { twins: 1, usesLookup: false }],
    ['{{ keys .Values.a | join "," }}', { twins: 2, usesLookup: false }],
    ["{{ if .Values.now }}{{ .Values.keys }}{{ end }}", { twins: 0, usesLookup: false }],
    ["{{/* randAlpha and lookup */}} now: genuine", { twins: 0, usesLookup: false }],
    ['{{ (lookup "v1" "Secret" "a" "b").data }}', { twins: 0, usesLookup: true }],
    ["{{ .Values.lookup }}", { twins: 0, usesLookup: false }],
  ];
  for (const [template, expected] of cases) {
    it(`that say ${template}: ${JSON.stringify(expected)}`, async () => {
      write("templates/a.yaml", template);
      const texts = { "templates/a.yaml": template };
      assert.deepEqual(await readChartFiles(chart, {}), { names: Object.keys(texts), texts, ...expected, faults: [] });
    });
  }

  it("are looked at in packed subcharts, values and settings too, but not in what only tells of them", async () => {
    write("README.md", "{{ randAlpha 3 }}");
    assert.equal((await readChartFiles(chart, {})).twins, 0);
    assert.equal((await readChartFiles(chart, { name: "{{ randAlpha 3 }}" })).twins, 1);
    write("charts/sub-1.0.0.tgz", gzipSync("…templates/a.yaml…{{ uuidv4 }}…"));
    assert.deepEqual(await readChartFiles(chart, {}), {
      names: ["README.md", "charts/sub-1.0.0.tgz"],
      texts: {},
      twins: 1,
      usesLookup: false,
      faults: [],
    });
  });

  it("that cannot be read are told by name, all at once", async () => {
    symlinkSync("gone.yaml", join(chart, "link.yaml"));
    write("charts/sub-1.0.0.tgz", "<html>");
    write("templates/a.yaml", "a: b");
    const { texts, faults } = await readChartFiles(chart, {});
    assert.deepEqual(Object.keys(texts), ["templates/a.yaml"]);
    assert.deepEqual(
      faults.map(({ where, problem }) => `${where}: ${problem.replace(/'.*'/, "…")}`),
      [
        "charts/sub-1.0.0.tgz: is no packed chart: incorrect header check",
        "link.yaml: cannot be read: ENOENT: no such file or directory, stat …",
      ],
    );
  });

  it("are read through links, but not those of tools", async () => {
    write("shared/a.yaml", "a: b");
    symlinkSync("shared", join(chart, "templates"));
    write(".git/HEAD", "{{ uuidv4 }}");
    write("node_modules/x/index.js", "{{ uuidv4 }}");
    const { names, twins } = await readChartFiles(chart, {});
    assert.deepEqual({ names, twins }, { names: ["shared/a.yaml", "templates/a.yaml"], twins: 0 });
  });
});
