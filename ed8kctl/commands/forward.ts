import type { Server } from "node:net";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import type { Wanted } from "../forward/words.js";
import type { Endpoint } from "../live/endpoint.js";
import type { Target } from "../target.js";

/** `ed8kctl forward NAME SERVICE[:port] [local] ...` */
export const forward: Command = {
  name: "forward",
  summary: "Reach services' ports on this machine, until Ctrl-C, whatever becomes of their pods",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    {
      spec: "<service...>",
      summary: "SERVICE or SERVICE:PORT, the port by name or number; a number behind it is the port on this machine",
      names: "service",
    },
  ],
  options: [],
  examples: [
    "ed8kctl forward alice fxsuite 8080",
    "ed8kctl forward alice fxsuite:http bos--db 15432  # several at once",
  ],
  async run({ args: [name = "", ...words], options, out, signal }) {
    const { parseForwards } = await import("../forward/words.js");
    const wanted = parseForwards(words);
    const { withTarget } = await import("../target.js");
    const { whyNotReady } = await import("../diagnosis/diagnose.js");
    const { forwardService } = await import("../forward/forward-service.js");
    const { kubectlTunnels } = await import("../forward/tunnel.js");
    const { findKubectl } = await import("../kubectl.js");
    const report = (line: string): void => out.progress(line);
    await withTarget(clusterOf(options), async (target) => {
      const open = kubectlTunnels(await findKubectl({ facts: target.facts, namespace: name, signal, report }));
      const forwards = await listenForAll(target, { name, wanted, signal });
      const own = new AbortController();
      const ending = AbortSignal.any([signal, own.signal]);
      const running = forwards.map(({ of, ...forwarded }) =>
        forwardService(forwarded, {
          client: target.client,
          environment: name,
          open,
          signal: ending,
          onReady: (ready) => {
            const text = `${ready.host}:${ready.local} → ${ready.service}:${ready.port} (${ready.pod})\n`;
            out.stream(out.json ? `${JSON.stringify(ready)}\n` : text);
          },
          onChange: report,
          why: () => whyNotReady(target, { environment: name, service: of }, { now: Date.now(), signal: ending }),
        }),
      );
      try {
        await Promise.all(running);
      } finally {
        // One that fails ends all: whoever asked for them together needs them together.
        own.abort();
        await Promise.allSettled(running);
      }
    });
  },
};

interface All {
  readonly name: string;
  readonly wanted: readonly Wanted[];
  readonly signal: AbortSignal;
}

/** Finds all that is wanted before the first port is taken; `of` is the service that it belongs to. */
async function listenForAll(target: Target, { name, wanted, signal }: All) {
  const { findEnvironment, serviceOf } = await import("../live/read.js");
  const { chooseEndpoint } = await import("../live/endpoint.js");
  const { listen } = await import("../forward/listen.js");
  const { readRoutes } = await import("../forward/routes.js");
  await findEnvironment(target, name, signal);
  const [{ items: services }, routes] = await Promise.all([
    target.client.list({ apiVersion: "v1", kind: "Service", namespace: name }, { signal }),
    readRoutes(target, name, signal),
  ]);
  const found = wanted.map((each) => ({ each, endpoint: chooseEndpoint({ ...each, services, routes }) }));
  const forwards: { readonly endpoint: Endpoint; readonly server: Server; readonly of: string }[] = [];
  try {
    for (const { each, endpoint } of found) {
      const server = await listen({ local: each.local, port: endpoint.port });
      const owner = services.find(({ metadata }) => metadata.name === endpoint.service);
      forwards.push({ endpoint, server, of: (owner && serviceOf(owner)) ?? endpoint.service });
    }
    return forwards;
  } catch (error) {
    for (const { server } of forwards) server.close();
    throw error;
  }
}
