import { limited } from "../../time-limit.js";
import type { ReadClient } from "../live/client.js";
import { GONE } from "../logs/open-log.js";
import type { FoundProblem, LogRef, Problem } from "./problem.js";
import { shortened } from "./words.js";

/** What a log is read with. */
export interface LogReading {
  readonly client: Pick<ReadClient, "request">;
  readonly environment: string;
  readonly signal: AbortSignal;
}

/**
 * So many lines of so many logs are read, of each at most so many bytes, within so many milliseconds. The bytes are
 * counted from the first of the last lines, so there must be enough for the very last one.
 */
const LINES = 5;
const LOGS = 10;
const BYTES = 1024 ** 2;
const PATIENCE_MS = 2000;
/** Longer lines are cut. */
const WIDTH = 200;

/** Adds the last lines that sick containers have logged. Logs are read at once; one that cannot be is left out. */
export async function withLastLines(
  problems: readonly FoundProblem[],
  reading: LogReading,
): Promise<readonly Problem[]> {
  return Promise.all(
    problems.map(async ({ log, ...problem }, index) => {
      const lines = log === undefined || index >= LOGS ? [] : await lastLines(log, reading);
      return lines.length === 0 ? problem : { ...problem, lines };
    }),
  );
}

async function lastLines({ pod, container, previous }: LogRef, reading: LogReading): Promise<readonly string[]> {
  const { client, environment, signal } = reading;
  const path = `/api/v1/namespaces/${environment}/pods/${encodeURIComponent(pod)}/log`;
  const query = { container, previous: previous ? true : undefined, tailLines: LINES, limitBytes: BYTES };
  try {
    const text = await client.request("GET", path, { query, accept: "*/*", signal: limited(signal, PATIENCE_MS) });
    return typeof text === "string"
      ? text
          .split("\n")
          .map((line) => shortened(line, WIDTH).trimEnd())
          .filter((line) => line !== "" && !GONE.test(line))
          .slice(-LINES)
      : [];
  } catch {
    signal.throwIfAborted();
    return [];
  }
}
