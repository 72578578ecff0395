const FIRST_MS = 200;
const LONGEST_MS = 5000;

/** How long to wait after so many failures in a row: twice as long each time, at most 5 s. */
export function backoffMs(failures: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
}
