import { KubeError } from "../../kube/errors.js";
import { watch } from "../../kube/watch.js";
import { type ContainerRun, containerRuns } from "./containers.js";
import { followRun } from "./follow-run.js";
import { type LogRequest, type Part, selector } from "./open-log.js";

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
      const onFault = (fault: Error): void => {
        // That nobody answers at all is told by the watch, once for all of them.
        if (fault instanceof KubeError) request.onFault(`${run.prefix}: ${fault.message}`);
      };
      running.push(followRun(run, { ...request, onFault }, part));
    }
  };
  const { items, resourceVersion } = await client.list(ref, { ...selector(request), signal });
  begin(items.flatMap(containerRuns), { sinceSeconds, tailLines });
  const patient = ({ message }: Error): void => request.onFault(`${message}; trying again`);
  const changes = watch(client, ref, { ...selector(request), resourceVersion, known: items, patient, signal });
  // What begins from now on is told from its first line.
  for await (const { type, object } of changes) if (type !== "DELETED") begin(containerRuns(object), {});
}
