import { UserError } from "../../errors.js";
import { errorCode, KubeError } from "../../kube/errors.js";
import { simulatedHint } from "../simulated.js";
import { type ContainerRun, containerRuns } from "./containers.js";
import { inOrder, type LogLine } from "./line.js";
import { type LogRequest, openLog, selector } from "./open-log.js";

/**
 * Reads what the services' containers have logged, in the order of time.
 * @throws UserError when none of the logs can be read
 */
export async function readLogs(request: LogRequest): Promise<void> {
  const { client, environment: namespace, signal, previous } = request;
  const pods = await client.list({ apiVersion: "v1", kind: "Pod", namespace }, { ...selector(request), signal });
  const runs = pods.items.flatMap(containerRuns).filter(({ hasPrevious }) => hasPrevious || !previous);
  if (runs.length === 0) {
    request.onFault(
      `nothing has been logged: ${previous ? "no container was restarted" : "no container has begun to run"}`,
    );
    return;
  }
  const faults: string[] = [];
  const streams = runs.map((run) => tolerated(run, request, (fault) => faults.push(`${run.prefix}: ${fault}`)));
  for await (const line of inOrder(streams)) request.onLine(line);
  const [first = ""] = faults;
  if (faults.length === runs.length) throw new UserError(`no log can be read: ${first}`, simulatedHint(first));
  for (const fault of faults) request.onFault(fault);
}

/** A log that ends where it cannot be read any further. */
async function* tolerated(
  run: ContainerRun,
  request: LogRequest,
  onFault: (fault: string) => void,
): AsyncGenerator<LogLine> {
  const { sinceSeconds, tailLines } = request;
  // Of a container that does not run now, the log is that of its last run anyway, and the one before is gone.
  const previous = request.previous && run.isRunning ? true : undefined;
  try {
    yield* openLog(run, request, { sinceSeconds, tailLines, previous });
  } catch (error) {
    if (error instanceof KubeError) onFault(error.message);
    else if (errorCode(error) === "ECONNRESET" && !request.signal.aborted) onFault("the connection was cut");
    else throw error;
  }
}
