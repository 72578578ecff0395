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

/** Which namespace of which cluster a command means. */
export interface Place {
  readonly environment: string;
  /** The kubeconfig context that the cluster's stack has recorded. */
  readonly context: string;
}

/** A kubectl command that means this environment, whatever context and namespace are current. */
export function kubectlCommand({ environment, context }: Place, words: string): string {
  return `kubectl ${words} --namespace ${environment} --context ${context}`;
}

/** For what passes by itself. */
export const WAIT = "wait, and look again";

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
  const [line = ""] = plain(message).trim().split("\n");
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}

/** Text without colours and other codes for terminals, which would run on into what is printed after them. */
export function plain(text: string): string {
  return text
    .replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, "")
    .replace(/\u001b\][^\u0007\u001b]*(\u0007|\u001b\\)/g, "")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
