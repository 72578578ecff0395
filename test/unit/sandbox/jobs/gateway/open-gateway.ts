import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { startGateway } from "../../../../../sandbox/jobs/gateway.js";
import { FakeApiServer } from "../../../kube/fake-api-server.js";
import { connected, textOf } from "../sockets.js";
import { ingress, service } from "./objects.js";

/** The host of the one route that a gateway of a test begins with. */
export const HOST = "web--alice.ed8k.localhost";

/** A gateway, the API server that it follows, and the service behind its one route, `alice/web`. */
export interface TestGateway {
  readonly api: FakeApiServer;
  readonly upstream: http.Server;
  readonly port: number;
  readonly lines: readonly string[];
  /** Sends a request as it is written, and gives all that comes back until the end. */
  readonly raw: (...lines: readonly string[]) => Promise<string>;
  /** Makes a route, and waits until the gateway knows it. */
  readonly route: (object: ReturnType<typeof ingress>) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function openGateway(): Promise<TestGateway> {
  const api = await FakeApiServer.start();
  const upstream = http.createServer();
  upstream.listen(0, "127.0.0.1");
  await once(upstream, "listening");
  const lines: string[] = [];
  const client = api.client();
  const log = (line: string): unknown => lines.push(line);
  const { port, stop } = await startGateway({ port: 0, ingressClass: "ed8k", client: () => client, log });
  const raw: TestGateway["raw"] = async (...text) => {
    const socket = await connected(port);
    socket.write(`${text.join("\r\n")}\r\n\r\n`);
    return textOf(socket);
  };
  const route: TestGateway["route"] = async (object) => {
    api.put(object);
    const { rules } = object["spec"] as unknown as { rules: [{ host: string }] };
    await answers(raw, rules[0].host, "has no route for the path *");
  };
  api.put(service("alice/web", "127.0.0.1", { http: (upstream.address() as AddressInfo).port }));
  await route(ingress("alice/web", { host: HOST, paths: [{ service: "web", port: "http" }] }));
  return {
    ...{ api, upstream, port, lines, raw, route },
    stop: async () => {
      await stop();
      upstream.closeAllConnections();
      upstream.close();
      await api.stop();
    },
  };
}

/** Waits until the gateway says this of a host; the path that is asked for is one that no service serves. */
export async function answers(raw: TestGateway["raw"], host: string, text: string): Promise<void> {
  for (const deadline = Date.now() + 1500; Date.now() < deadline;) {
    if ((await raw("GET * HTTP/1.1", `Host: ${host}`, "Connection: close")).includes(text)) return;
  }
  throw new Error(`the gateway does not say of ${host}: ${text}`);
}
