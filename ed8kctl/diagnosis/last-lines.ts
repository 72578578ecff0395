import type { ReadClient } from "../live/client.js";
import { GONE } from "../logs/open-log.js";
import type { FoundProblem, LogRef, Problem } from "./problem.js";

/** What a log is read with. */
export interface LogReading {
  readonly client: Pick<ReadClient, "request">;
  readonly environment: string;
  readonly signal: AbortSignal;
}

/** So many lines of so many logs are read, of each at most so many bytes, within so many milliseconds. */
const LINES = 5;
const LOGS = 10;
const BYTES = 16_384;
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
    const limited = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const text = await client.request("GET", path, { query, accept: "*/*", signal: limited });
    return typeof text === "string"
      ? text
          .split("\n")
          .map(clean)
          .filter((line) => line !== "" && !GONE.test(line))
          .slice(-LINES)
      : [];
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

/** Colours and other codes for terminals would run on into what is printed after them. */
function clean(line: string): string {
  const plain = line
    .replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .trimEnd();
  return plain.length <= WIDTH ? plain : `${plain.slice(0, WIDTH - 1)}…`;
}
