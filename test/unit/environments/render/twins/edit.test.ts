import assert from "node:assert/strict";
import { EDITS, editTemplate } from "../../../../../environments/render/twins/edit.js";

describe("twins of templates", () => {
  const cases: readonly [template: string, edited: string][] = [
    ["{{ now | date `2006` }}", "{{ (toDate `2006-01-02` `2001-02-03`) | date `2006` }}"],
    [
      "{{- now -}} now {{ .now }} {{ $now }} {{ nowhere }}",
      "{{- (toDate `2006-01-02` `2001-02-03`) -}} now {{ .now }} {{ $now }} {{ nowhere }}",
    ],
    ['{{ "now" }} {{/* now */}} {{ `keys` }}', '{{ "now" }} {{/* now */}} {{ `keys` }}'],
    ["{{ ago .Values.since }}", "{{ printf `%v 1` .Values.since }}"],
    ['{{ keys .Values.a | join "," }}', '{{ keys .Values.a | sortAlpha | join "," }}'],
    ['{{ join "," (keys (dict "a)" 1)) }}', '{{ join "," (keys (dict "a)" 1) | sortAlpha) }}'],
    ["{{- range keys $.a -}}", "{{- range keys $.a | sortAlpha -}}"],
    ["{{ .a | keys | first }}", "{{ .a | keys | sortAlpha | first }}"],
    ["{{ keys (keys .a | first | get .b) }}", "{{ keys (keys .a | sortAlpha | first | get .b) | sortAlpha }}"],
    ["{{ randInt 0 2 }}", "{{ randInt 0 2 | add 1000000 }}"],
    ['{{ shuffle "ab" }}', '{{ shuffle "ab" | printf `%v 1` }}'],
  ];
  for (const [template, edited] of cases) {
    it(`of ${template}`, () => assert.equal(editTemplate(template, EDITS[0]), edited));
  }
});
