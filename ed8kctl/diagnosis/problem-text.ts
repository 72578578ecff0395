import { momentText } from "../format/time.js";
import type { Problem } from "./problem.js";

/** More are no help: they have one cause. */
const MOST = 10;

/** Problems for people, those of one cause told once; `now` in milliseconds since 1970. */
export function problemLines(problems: readonly Problem[], now: number): readonly string[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = [problem.kind, problem.service, problem.cause, problem.text].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  const shown = [...groups.values()].slice(0, MOST);
  const left = groups.size - shown.length;
  return [...shown.flatMap((group) => groupLines(group, now)), ...(left > 0 ? [`  and ${left} more`] : [])];
}

function groupLines(group: readonly Problem[], now: number): readonly string[] {
  const [first, ...others] = group;
  if (first === undefined) return [];
  const { name, text, next, lines = [] } = first;
  const since = group.map((one) => one.since).sort()[0] ?? first.since;
  return [
    `  ${name}${others.length === 0 ? "" : ` (and ${others.length} like it)`} ${text}`,
    `    since ${momentText(since, now)}; next: ${next}`,
    ...lines.map((line) => `    | ${line}`),
  ];
}
