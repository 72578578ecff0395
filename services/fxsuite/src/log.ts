/** From the least important to the most. */
export const LOG_LEVELS = ["debug", "info", "warning", "error"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a line tells besides time, level and event. Never the connection string: it holds the password. */
export type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Writes one line of JSON for each event. */
export type Log = (level: LogLevel, event: string, fields?: Fields) => void;

/** A log of what is at least as important as `least`. */
export function createLog(least: LogLevel, write: (line: string) => void, now: () => Date): Log {
  return (level, event, fields = {}) => {
    if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
    write(`${JSON.stringify({ time: now().toISOString(), level, event, ...fields })}\n`);
  };
}

/** An error in one line. Those of several addresses that failed have no text of their own, only a code. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return error.message === "" ? code : error.message;
}
