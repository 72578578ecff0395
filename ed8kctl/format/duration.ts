import { UserError } from "../../errors.js";

const MILLISECONDS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Milliseconds of `30s`, `10m`, `2h`, `1d`.
 * @param option for the message, such as `--since`
 * @throws UserError (usage) when it is no duration
 */
export function parseDuration(text: string, option: string): number {
  const [, number = "", unit = ""] = /^([0-9]{1,6})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(number) * (MILLISECONDS[unit] ?? 0);
  if (milliseconds > 0) return milliseconds;
  throw new UserError(`${option}: "${text}" is no duration: a number and s, m, h or d, such as 10m`, { exit: "usage" });
}
