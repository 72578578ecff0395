import { dirname } from "node:path";
import { freeBytes, hasNoRoom, isDiskFull } from "../machine/disk.js";
import { logTail } from "./log.js";

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The component's log file. */
  readonly log: string;
}

const LINE_LENGTH = 300;

/** Why a component ended, in a few words: who killed it, a full disk, or the last thing it said. */
export function exitReason({ code, signal, log }: Exit, free = freeBytes(dirname(log))): string {
  if (signal !== null) return `killed by ${signal}`;
  const tail = logTail(log, 20);
  if (tail.at(-1) === UNSHARE_MISTAKE) return "killed by SIGKILL";
  if (hasNoRoom(dirname(log), free) || tail.some(isDiskFull)) return `the disk of ${dirname(log)} is full`;
  const last = tail.findLast((line) => SAYS_WHY.test(line)) ?? tail.at(-1) ?? "it said nothing";
  return `ended with exit code ${code}: ${last.trim().slice(0, LINE_LENGTH)}`;
}

/** unshare of util-linux 2.38 cannot end as its child did, and the first process of a namespace is ended by no other signal. */
const UNSHARE_MISTAKE = "unshare: sigprocmask unblock failed: Invalid argument";

/** Lines of error: klog's begin with E or F and the date, etcd's and kwok's carry a level; Go's own begin so. */
const SAYS_WHY = /^[EF]\d{4} |"level":"(error|fatal|panic)"|level=(ERROR|error)|^ERROR|^(Error|panic|fatal error):/;
