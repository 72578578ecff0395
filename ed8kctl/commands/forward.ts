import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";

/** `ed8kctl forward NAME SERVICE[:port] [local]` */
export const forward: Command = {
  name: "forward",
  summary: "Reach a service's port on this machine, until Ctrl-C",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "<service>", summary: "SERVICE or SERVICE:PORT, the port by name or number", names: "service" },
    { spec: "[local]", summary: "Port on this machine; the same number where that is allowed" },
  ],
  options: [],
  examples: ["ed8kctl forward alice fxsuite 8080", "ed8kctl forward alice fxsuite--db:postgres"],
  async run({ args: [name = "", service = "", local], options, out, signal }) {
    const { wanted, port } = parseEndpoint(service);
    const localPort = parseLocal(local);
    const { withTarget } = await import("../target.js");
    const { findEnvironment } = await import("../live/read.js");
    const { chooseEndpoint } = await import("../live/endpoint.js");
    const { runKubectl } = await import("../kubectl.js");
    const { facts, endpoint } = await withTarget(clusterOf(options), async (target) => {
      await findEnvironment(target, name, signal);
      const [services, ingresses] = await Promise.all([
        target.client.list({ apiVersion: "v1", kind: "Service", namespace: name }, { signal }),
        target.client.list({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", namespace: name }, { signal }),
      ]);
      const found = chooseEndpoint({ wanted, port, services: services.items, ingresses: ingresses.items });
      return { facts: target.facts, endpoint: found };
    });
    const report = (line: string): void => out.progress(line);
    const ports = `${localPort ?? allowedPort(endpoint.port)}:${endpoint.port}`;
    await runKubectl(["port-forward", `service/${endpoint.service}`, ports], {
      facts,
      namespace: name,
      signal,
      report,
    });
  },
};

/** Ports below are root's. */
const LOWEST_PORT = 1024;

function allowedPort(port: number): number {
  return port < LOWEST_PORT ? port + 8000 : port;
}

/** @throws UserError (usage) when nothing stands before or behind the colon */
export function parseEndpoint(text: string): { readonly wanted: string; readonly port: string | undefined } {
  const match = /^([^:]+)(?::([^:]+))?$/.exec(text);
  if (match?.[1] !== undefined) return { wanted: match[1], port: match[2] };
  throw new UserError(`"${text}" is neither SERVICE nor SERVICE:PORT`, {
    exit: "usage",
    hint: "as in ed8kctl forward alice fxsuite:http 8080",
  });
}

/** @throws UserError (usage) when it is no port */
export function parseLocal(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = /^[0-9]{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new UserError(`"${text}" is no port of this machine: a whole number from 1 to 65535`, { exit: "usage" });
}
