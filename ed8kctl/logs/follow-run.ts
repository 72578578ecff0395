import { setTimeout as pause } from "node:timers/promises";
import { isNotFound } from "../../kube/errors.js";
import { type ContainerRun, containerRuns } from "./containers.js";
import { compareTimes } from "./line.js";
import { type LogRequest, openLog, type Part } from "./open-log.js";

/** Where a log is, and who is told. */
export interface Followed extends Pick<LogRequest, "client" | "environment" | "signal" | "onLine"> {
  /** What keeps the log from being read; told once until it can be. */
  readonly onFault: (fault: Error) => void;
}

/** Between two tries to take a log up again, in milliseconds. */
const RETRY_MS = 500;

/** Tells one run's log until the run is over, or aborted; never fails. */
export async function followRun(run: ContainerRun, followed: Followed, first: Part): Promise<void> {
  const { signal, onLine, onFault } = followed;
  let last = "";
  let isTold = false;
  for (;;) {
    const before = last;
    try {
      // The server knows whole seconds only: what was told already comes once more.
      const part: Part = before === "" ? first : { sinceTime: wholeSecond(before) };
      for await (const line of openLog(run, followed, { ...part, follow: true })) {
        if (before !== "" && line.time !== "" && compareTimes(line.time, before) <= 0) continue;
        if (line.time !== "") last = line.time;
        isTold = false;
        onLine(line);
      }
    } catch (error) {
      if (signal.aborted || isNotFound(error)) return;
      if (!isTold) onFault(error instanceof Error ? error : new Error(String(error)));
      isTold = true;
    }
    if (!(await goesOn(run, followed))) return;
  }
}

/** Waits a moment, then tells whether the same run still goes on. */
async function goesOn({ id, pod: name }: ContainerRun, { client, environment, signal }: Followed): Promise<boolean> {
  try {
    await pause(RETRY_MS, undefined, { signal });
    const pod = await client.find({ apiVersion: "v1", kind: "Pod", name, namespace: environment }, { signal });
    return pod !== undefined && containerRuns(pod).some((run) => run.id === id && run.isRunning);
  } catch {
    // Nobody answers now: that may pass.
    return !signal.aborted;
  }
}

function wholeSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString().replace(/\.000Z$/, "Z");
}
