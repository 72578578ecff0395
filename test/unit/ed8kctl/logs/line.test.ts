import assert from "node:assert/strict";
import fc from "fast-check";
import { compareTimes, inOrder, type LogLine, parseLine } from "../../../../ed8kctl/logs/line.js";

const RUN = {
  service: "bos",
  pod: "bos-1",
  container: "web",
  id: "uid/web/0",
  prefix: "bos-1",
  isRunning: true,
  hasPrevious: false,
};

/** A log's line at so many milliseconds since 1970. */
function line(milliseconds: number, text = ""): LogLine {
  return parseLine(RUN, `${new Date(milliseconds).toISOString()} ${text}`);
}

async function* streamOf(lines: readonly LogLine[]): AsyncGenerator<LogLine> {
  yield* await Promise.resolve(lines);
}

async function textsOf(streams: readonly (readonly LogLine[])[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const { text } of inOrder(streams.map(streamOf))) texts.push(text);
  return texts;
}

describe("a line of a log", () => {
  it("has its time, and the text as it was written", () => {
    const { id: _, isRunning: __, hasPrevious: ___, ...origin } = RUN;
    assert.deepEqual(parseLine(RUN, '2026-11-24T09:00:00.123456789Z  {"level": "info"} '), {
      ...origin,
      time: "2026-11-24T09:00:00.123456789Z",
      text: ' {"level": "info"} ',
    });
    assert.deepEqual(
      ["2026-11-24T09:00:00+01:00 a", "2026-11-24T09:00:00Z ", "2026-11-24T09:00:00Z", "no time", ""].map((text) => {
        const { time, text: rest } = parseLine(RUN, text);
        return [time, rest];
      }),
      [
        ["2026-11-24T09:00:00+01:00", "a"],
        ["2026-11-24T09:00:00Z", ""],
        ["2026-11-24T09:00:00Z", ""],
        ["", "no time"],
        ["", ""],
      ],
    );
  });

  it("is earlier or later to the nanosecond, whatever the time zone", () => {
    const order = (one: string, other: string) => Math.sign(compareTimes(one, other));
    assert.equal(order("2026-11-24T09:00:00.000000001Z", "2026-11-24T09:00:00.000000002Z"), -1);
    assert.equal(order("2026-11-24T09:00:00.1Z", "2026-11-24T09:00:00.099999999Z"), 1);
    assert.equal(order("2026-11-24T10:00:00+01:00", "2026-11-24T09:00:00Z"), 0);
    assert.equal(order("2026-11-24T10:00:00+02:00", "2026-11-24T09:00:00Z"), -1);
  });
});

describe("logs of several containers", () => {
  it("are told in the order of time", async () => {
    assert.deepEqual(await textsOf([[line(1, "a"), line(4, "d")], [], [line(2, "b"), line(3, "c"), line(5, "e")]]), [
      "a",
      "b",
      "c",
      "d",
      "e",
    ]);
  });

  it("keep the order of each, and lose nothing", async () => {
    const streams = fc.array(fc.array(fc.nat(50)), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(streams, async (numbers) => {
        const logs = numbers.map((each, log) =>
          [...each].sort((a, b) => a - b).map((time, index) => line(time, `${log}/${index}/${time}`)),
        );
        const told = await textsOf(logs);
        assert.deepEqual(
          [...told].sort(),
          logs
            .flat()
            .map(({ text }) => text)
            .sort(),
        );
        assert.deepEqual(
          told.map((text) => Number(text.split("/")[2])),
          numbers.flat().sort((a, b) => a - b),
        );
        for (const [log, lines] of logs.entries()) {
          assert.deepEqual(
            told.filter((text) => text.startsWith(`${log}/`)),
            lines.map(({ text }) => text),
          );
        }
      }),
    );
  });
});
