import { setTimeout as pause } from "node:timers/promises";
import { isNotFound, KubeError } from "../../kube/errors.js";
import { watch } from "../../kube/watch.js";
import { type ContainerRun, containerRuns } from "./containers.js";
import { compareTimes } from "./line.js";
import { type LogRequest, openLog, type Part, selector } from "./open-log.js";

/**
 * Tells what is logged until aborted: also by containers that are started anew, and by pods that come later. A log whose
 * connection is cut is taken up where it was.
 */
export async function followLogs(request: LogRequest): Promise<void> {
  const own = new AbortController();
  const signal = AbortSignal.any([request.signal, own.signal]);
  const running: Promise<void>[] = [];
  try {
    await followAll({ ...request, signal }, running);
  } finally {
    // What fails ends the others too, else they would keep the process.
    own.abort();
    await Promise.all(running);
  }
}

async function followAll(request: LogRequest, running: Promise<void>[]): Promise<void> {
  const { client, environment: namespace, signal, sinceSeconds, tailLines } = request;
  const ref = { apiVersion: "v1", kind: "Pod", namespace };
  const followed = new Set<string>();
  const begin = (runs: readonly ContainerRun[], part: Part): void => {
    for (const run of runs.filter(({ id }) => !followed.has(id))) {
      followed.add(run.id);
      running.push(follow(run, request, part));
    }
  };
  const { items, resourceVersion } = await client.list(ref, { ...selector(request), signal });
  begin(items.flatMap(containerRuns), { sinceSeconds, tailLines });
  const changes = watch(client, ref, { ...selector(request), resourceVersion, known: items, signal });
  // What begins from now on is told from its first line.
  for await (const { type, object } of changes) if (type !== "DELETED") begin(containerRuns(object), {});
}

/** Between two tries to take a log up again, in milliseconds. */
const RETRY_MS = 500;

/** One run's log until the run is over; never fails. */
async function follow(run: ContainerRun, request: LogRequest, first: Part): Promise<void> {
  const { signal, onLine, onFault } = request;
  let last = "";
  let isTold = false;
  for (;;) {
    try {
      // The server knows whole seconds only: what was told already comes once more.
      const part: Part = last === "" ? first : { sinceTime: wholeSecond(last) };
      for await (const line of openLog(run, request, { ...part, follow: true })) {
        if (last !== "" && line.time !== "" && compareTimes(line.time, last) <= 0) continue;
        if (line.time !== "") last = line.time;
        isTold = false;
        onLine(line);
      }
    } catch (error) {
      if (signal.aborted || isNotFound(error)) return;
      if (error instanceof KubeError && !isTold) onFault(`${run.prefix}: ${error.message}`);
      isTold = true;
    }
    if (!(await goesOn(run, request))) return;
  }
}

/** Waits a moment, then tells whether the same run still goes on. */
async function goesOn({ id, pod: name }: ContainerRun, { client, environment, signal }: LogRequest): Promise<boolean> {
  try {
    await pause(RETRY_MS, undefined, { signal });
    const pod = await client.find({ apiVersion: "v1", kind: "Pod", name, namespace: environment }, { signal });
    return pod !== undefined && containerRuns(pod).some((run) => run.id === id && run.isRunning);
  } catch {
    // Nobody answers now: the watch tells when that stays so.
    return !signal.aborted;
  }
}

function wholeSecond(time: string): string {
  return new Date(Math.floor(Date.parse(time) / 1000) * 1000).toISOString().replace(/\.000Z$/, "Z");
}
