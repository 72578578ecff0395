const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in the greatest unit that is not zero: `5s`, `3m`, `2h`, `14d`. `now` in milliseconds since 1970. */
export function ageText(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1000));
  if (Number.isNaN(seconds)) return "";
  if (seconds < MINUTE) return `${seconds}s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  return seconds < DAY ? `${Math.floor(seconds / HOUR)}h` : `${Math.floor(seconds / DAY)}d`;
}

/** A moment absolutely and relatively: `2026-11-24 09:58 UTC (3 min ago)`. */
export function momentText(moment: string, now: number): string {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return moment;
  const absolute = new Date(time).toISOString().slice(0, 16).replace("T", " ");
  return `${absolute} UTC (${agoText(Math.max(0, Math.floor((now - time) / 1000)))})`;
}

function agoText(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} s ago`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ago`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ago`;
  const days = Math.floor(seconds / DAY);
  return `${days} ${days === 1 ? "day" : "days"} ago`;
}

/** How long something took: `0.4 s`, `12.3 s`, `2 min 5 s`, `3 h 5 min`, `2 d 4 h`. */
export function secondsText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < MINUTE) return `${seconds.toFixed(1)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min ${Math.floor(seconds % MINUTE)} s`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h ${Math.floor((seconds % HOUR) / MINUTE)} min`;
  return `${Math.floor(seconds / DAY)} d ${Math.floor((seconds % DAY) / HOUR)} h`;
}
