import type { LogRequest } from "../../../../ed8kctl/logs/open-log.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import type { LiveObject } from "../../../../kube/object.js";
import type { FakeApiServer, SeenRequest } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

/** A pod of `bos` in `alice` whose one container runs, or does what is said. */
export function loggingPod(name: string, container: JsonObject = { state: { running: {} } }): LiveObject {
  return live(
    `Pod ${name}`,
    {
      spec: { containers: [{ name: "web" }] },
      status: { containerStatuses: [{ name: "web", restartCount: 0, ...container }] },
    },
    { namespace: "alice", labels: { "ed8k.dev/service": "bos" } },
  );
}

/** Whether a request asks for that pod's log. */
export function logOf(name: string): (request: SeenRequest) => boolean {
  return ({ path }) => path === `/api/v1/namespaces/alice/pods/${name}/log`;
}

/** The text of a log with its times, so many milliseconds after nine o'clock. */
export function logText(lines: Readonly<Record<number, string>>): string {
  const start = Date.parse("2026-11-24T09:00:00Z");
  return Object.entries(lines)
    .map(([time, text]) => `${new Date(start + Number(time)).toISOString()} ${text}\n`)
    .join("");
}

/** A request that keeps what it is told. */
export function keeping(server: FakeApiServer, signal: AbortSignal, changes: Partial<LogRequest> = {}) {
  const lines: string[] = [];
  const faults: string[] = [];
  const request: LogRequest = {
    client: server.client(),
    environment: "alice",
    services: [],
    sinceSeconds: 600,
    tailLines: 20,
    previous: false,
    signal,
    onLine: ({ prefix, text }) => lines.push(`${prefix}: ${text}`),
    onFault: (fault) => faults.push(fault),
    ...changes,
  };
  return { request, lines, faults };
}
