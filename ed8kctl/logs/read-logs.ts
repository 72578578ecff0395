import type { KubeClient, Query } from "../../kube/client.js";
import { KubeError } from "../../kube/errors.js";
import { type ContainerRun, containerRuns } from "./containers.js";
import { UserError } from "../../errors.js";
import { LABELS } from "../../naming.js";
import { watch } from "../../kube/watch.js";

/** One line of a container's log. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  readonly prefix: string;
  readonly text: string;
}

export interface LogRequest {
  readonly client: KubeClient;
  readonly environment: string;
  /** Empty: all. */
  readonly services: readonly string[];
  readonly sinceSeconds: number | undefined;
  readonly tailLines: number | undefined;
  readonly signal: AbortSignal;
  readonly onLine: (line: LogLine) => void;
  readonly onFault: (fault: string) => void;
}

const HINT = "processes run on real nodes only; ed8kctl sandbox status tells which nodes it has";

/**
 * Reads what the services' containers have logged, container by container.
 * @throws UserError when none of the logs can be read
 */
export async function readLogs(request: LogRequest): Promise<void> {
  const { client, environment: namespace, signal } = request;
  const pods = await client.list({ apiVersion: "v1", kind: "Pod", namespace }, { ...selector(request), signal });
  const runs = pods.items.flatMap(containerRuns);
  const faults: string[] = [];
  for (const run of runs) {
    const fault = await readOne(run, request, false);
    if (fault !== undefined) faults.push(fault);
  }
  if (runs.length > 0 && faults.length === runs.length) {
    throw new UserError(`no log can be read: ${faults[0] ?? ""}`, { hint: HINT });
  }
  for (const fault of faults) request.onFault(fault);
}

/** Tells what is logged until aborted; containers that start later are followed too. */
export async function followLogs(request: LogRequest): Promise<void> {
  const { client, environment: namespace, signal } = request;
  const followed = new Set<string>();
  const running: Promise<void>[] = [];
  for await (const { object } of watch(
    client,
    { apiVersion: "v1", kind: "Pod", namespace },
    { ...selector(request), signal },
  )) {
    for (const run of containerRuns(object).filter(({ id }) => !followed.has(id))) {
      followed.add(run.id);
      running.push(follow(run, request));
    }
  }
  await Promise.all(running);
}

async function follow(run: ContainerRun, request: LogRequest): Promise<void> {
  const fault = await readOne(run, request, true);
  if (fault !== undefined && !request.signal.aborted) request.onFault(fault);
}

function selector({ services }: LogRequest): { readonly labelSelector: string } {
  return { labelSelector: services.length === 0 ? LABELS.service : `${LABELS.service} in (${services.join(",")})` };
}

/** Gives what stood in the way, if anything. */
async function readOne(run: ContainerRun, request: LogRequest, isFollowed: boolean): Promise<string | undefined> {
  const { client, environment, sinceSeconds, tailLines, signal, onLine } = request;
  const { pod, container, prefix } = run;
  const path = `/api/v1/namespaces/${environment}/pods/${encodeURIComponent(pod)}/log`;
  const query: Query = { container, sinceSeconds, tailLines, follow: isFollowed ? true : undefined };
  try {
    const answer = await client.open(path, { query, accept: "*/*", signal });
    answer.setEncoding("utf8");
    for await (const text of lines(answer as AsyncIterable<string>)) onLine({ pod, container, prefix, text });
    return undefined;
  } catch (error) {
    if (error instanceof KubeError) return `${prefix}: ${error.message}`;
    if (signal.aborted && isFollowed) return undefined;
    throw error;
  }
}

async function* lines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split("\n");
    rest = parts.pop() ?? "";
    yield* parts;
  }
  if (rest !== "") yield rest;
}
