import { secondsText } from "../format/time.js";

/** The command that shows what a service's containers logged. */
export function logsCommand(environment: string, service: string | undefined, previous = false): string {
  return [
    "ed8kctl logs",
    environment,
    ...(service === undefined ? [] : [service]),
    ...(previous ? ["--previous"] : []),
  ].join(" ");
}

/** What is done once the chart or its values are mended. */
export function applyCommand(environment: string): string {
  return `ed8kctl create ${environment}`;
}

/** `1 restart`, `4 restarts`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How long there was between two moments that are told to the second, in RFC 3339; `undefined` when one is not known. */
export function spanText(from: string, to: string): string | undefined {
  const span = Date.parse(to) - Date.parse(from);
  if (Number.isNaN(span) || span < 0) return undefined;
  return span < 1000 ? "less than a second" : secondsText(span);
}

/** The first line of a message, cut where it becomes too long to be read. */
export function shortened(message: string, most = 240): string {
  const [line = ""] = message.trim().split("\n");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
