import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
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

  const cases: readonly [string, { unstable: boolean; usesLookup: boolean }][] = [
    ["{{ randAlphaNum 12 }}", { unstable: true, usesLookup: false }],
    ['{{- $ca := genCA "x" 1 -}}', { unstable: true, usesLookup: false }],
    ['{{ now | date "2006" }}', { unstable: true, usesLookup: false }],
    ['{{ keys .Values.a | join "," }}', { unstable: true, usesLookup: false }],
    ["{{ if .Values.now }}{{ .Values.keys }}{{ end }}", { unstable: false, usesLookup: false }],
    ["{{/* randAlpha and lookup */}} now: genuine", { unstable: false, usesLookup: false }],
    ['{{ (lookup "v1" "Secret" "a" "b").data }}', { unstable: false, usesLookup: true }],
    ["{{ .Values.lookup }}", { unstable: false, usesLookup: false }],
  ];
  for (const [template, expected] of cases) {
    it(`that say ${template}: ${JSON.stringify(expected)}`, async () => {
      write("templates/a.yaml", template);
      const texts = { "templates/a.yaml": template };
      assert.deepEqual(await readChartFiles(chart, {}), { texts, ...expected });
    });
  }

  it("are looked at in packed subcharts, values and settings too, but not in what only tells of them", async () => {
    write("README.md", "{{ randAlpha 3 }}");
    assert.equal((await readChartFiles(chart, {})).unstable, false);
    assert.equal((await readChartFiles(chart, { name: "{{ randAlpha 3 }}" })).unstable, true);
    write("charts/sub-1.0.0.tgz", gzipSync("…templates/a.yaml…{{ uuidv4 }}…"));
    assert.deepEqual(await readChartFiles(chart, {}), { texts: {}, unstable: true, usesLookup: false });
  });
});
