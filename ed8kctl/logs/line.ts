import type { ContainerRun } from "./containers.js";

/** One line of a container's log. */
export interface LogLine {
  /** RFC 3339 with up to nine digits behind the second; empty where the server gave none. */
  readonly time: string;
  readonly service: string;
  readonly pod: string;
  readonly container: string;
  readonly prefix: string;
  readonly text: string;
}

/** A line as the API server gives it with `timestamps=true`. */
export function parseLine({ service, pod, container, prefix }: ContainerRun, line: string): LogLine {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)) ?/.exec(line);
  const [start = "", time = ""] = match ?? [];
  return { time, service, pod, container, prefix, text: line.slice(start.length) };
}

/** Which of two moments in RFC 3339 is earlier, as `sort` wants it; nodes may write in different time zones. */
export function compareTimes(one: string, other: string): number {
  const [a, b] = [Date.parse(one), Date.parse(other)];
  return a === b ? fraction(one).localeCompare(fraction(other)) : a - b;
}

/** The digits behind the second, to the nanosecond. */
function fraction(time: string): string {
  return (/\.(\d+)/.exec(time)?.[1] ?? "").padEnd(9, "0");
}

/** Joins streams, each in the order of time, to one in that order. A line without a time stays where it is. */
export async function* inOrder(streams: readonly AsyncGenerator<LogLine>[]): AsyncGenerator<LogLine> {
  const heads = await Promise.all(streams.map((stream) => headOf(stream)));
  let open = heads.filter((head) => head !== undefined);
  for (let [first] = open; first !== undefined; [first] = open) {
    for (const other of open) if (compareTimes(other.line.time, first.line.time) < 0) first = other;
    yield first.line;
    const next = await headOf(first.stream);
    open = open.flatMap((head) => (head !== first ? head : (next ?? [])));
  }
}

interface Head {
  readonly stream: AsyncGenerator<LogLine>;
  readonly line: LogLine;
}

async function headOf(stream: AsyncGenerator<LogLine>): Promise<Head | undefined> {
  const next = await stream.next();
  return next.done === true ? undefined : { stream, line: next.value };
}
