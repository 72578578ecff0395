import type { KubeClient } from "../../kube/client.js";
import type { Query } from "../../kube/options.js";
import { KubeError } from "../../kube/errors.js";
import { LABELS } from "../../naming.js";
import type { ContainerRun } from "./containers.js";
import { type LogLine, parseLine } from "./line.js";

/** Which logs are meant, and who is told. */
export interface LogRequest {
  readonly client: KubeClient;
  readonly environment: string;
  /** Empty: all. */
  readonly services: readonly string[];
  readonly sinceSeconds: number | undefined;
  readonly tailLines: number | undefined;
  /** True: the log of the run before the present one. */
  readonly previous: boolean;
  readonly signal: AbortSignal;
  readonly onLine: (line: LogLine) => void;
  readonly onFault: (fault: string) => void;
}

/** Which part of one log, as the API server names it: `sinceTime`, `tailLines`, `previous`, `follow`, … */
export type Part = Query;

/** Which pods are looked at. */
export function selector({ services }: LogRequest): { readonly labelSelector: string } {
  return { labelSelector: services.length === 0 ? LABELS.service : `${LABELS.service} in (${services.join(",")})` };
}

/** What a kubelet writes instead of a log that it has removed already, as if that were one. */
export const GONE = /^unable to retrieve container logs for /;

/** One container's log, line by line. @throws KubeError when there is none to read */
export async function* openLog(
  run: ContainerRun,
  request: Pick<LogRequest, "client" | "environment" | "signal">,
  part: Part,
): AsyncGenerator<LogLine> {
  const { client, environment, signal } = request;
  const path = `/api/v1/namespaces/${environment}/pods/${encodeURIComponent(run.pod)}/log`;
  const query = { container: run.container, timestamps: true, ...part };
  const answer = await client.open(path, { query, accept: "*/*", signal });
  answer.setEncoding("utf8");
  for await (const line of lines(answer as AsyncIterable<string>)) {
    if (GONE.test(line)) throw new KubeError(404, "its log is gone");
    yield parseLine(run, line);
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
