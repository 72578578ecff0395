import assert from "node:assert/strict";
import { parseDuration } from "../../../../ed8kctl/format/duration.js";
import { ageText, momentText, secondsText } from "../../../../ed8kctl/format/time.js";

const NOW = Date.parse("2026-11-24T10:00:00Z");

describe("times", () => {
  const ages: readonly (readonly [since: string, age: string, ago: string])[] = [
    ["2026-11-24T10:00:00Z", "0s", "0 s ago"],
    ["2026-11-24T09:59:01Z", "59s", "59 s ago"],
    ["2026-11-24T09:57:00Z", "3m", "3 min ago"],
    ["2026-11-24T08:00:01Z", "1h", "1 h ago"],
    ["2026-11-23T10:00:00Z", "1d", "1 day ago"],
    ["2026-11-10T10:00:00Z", "14d", "14 days ago"],
    ["2026-11-24T10:05:00Z", "0s", "0 s ago"],
  ];
  for (const [since, age, ago] of ages) {
    it(`tells ${since} as ${age}, ${ago}`, () => {
      assert.equal(ageText(since, NOW), age);
      assert.equal(momentText(since, NOW), `${since.slice(0, 16).replace("T", " ")} UTC (${ago})`);
    });
  }

  it("says nothing of what is no time", () => {
    assert.equal(ageText("", NOW), "");
    assert.equal(momentText("soon", NOW), "soon");
  });

  it("tells how long something took", () => {
    assert.deepEqual([0, 432, 12_340, 59_949, 125_000, 11_125_000, 187_300_000].map(secondsText), [
      "0.0 s",
      "0.4 s",
      "12.3 s",
      "59.9 s",
      "2 min 5 s",
      "3 h 5 min",
      "2 d 4 h",
    ]);
  });

  it("reads durations with a unit", () => {
    assert.deepEqual(
      ["30s", "10m", "2h", "1d"].map((text) => parseDuration(text, "--since")),
      [30_000, 600_000, 7_200_000, 86_400_000],
    );
  });

  for (const text of ["", "10", "m", "0s", "-1m", "1.5h", "10 m", "1w", "99999999d"]) {
    it(`refuses the duration "${text}"`, () => {
      assert.throws(() => parseDuration(text, "--since"), {
        message: `--since: "${text}" is no duration: a number and s, m, h or d, such as 10m`,
        exit: "usage",
      });
    });
  }
});
