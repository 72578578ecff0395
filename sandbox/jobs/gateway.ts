import http from "node:http";
import type { Socket } from "node:net";
import { GATEWAY } from "../../cluster/platform/add-ons/gateway.js";
import type { KubeClient } from "../../kube/client.js";
import type { BackgroundServer, Log } from "./background.js";
import { follow } from "./follow.js";
import { destinationOf } from "./gateway/answer.js";
import { answerItself, forward } from "./gateway/forward.js";
import { type RouteTable, routeTable } from "./gateway/routes.js";
import { answerUpgrade, forwardUpgrade } from "./gateway/upgrade.js";
import { listen } from "./listen.js";

export interface GatewayOptions {
  /** On 127.0.0.1, and nowhere else. */
  readonly port: number;
  /** The Ingresses that it serves. */
  readonly ingressClass: string;
  readonly client: () => KubeClient;
  readonly log: Log;
}

/**
 * Serves the host names of environments on loopback: the sandbox's stand-in for the ingress controller of a real
 * cluster, and for the gateway of one that ED8K has made. The names end in `.localhost`, which browsers and curl look for on this machine (RFC 6761).
 */
export async function startGateway({ port, ingressClass, client, log }: GatewayOptions): Promise<BackgroundServer> {
  let table: RouteTable | undefined;
  const onChange = (): void => (table = undefined);
  const options = { client, log, onChange, job: "gateway" };
  const ingresses = follow({ apiVersion: "networking.k8s.io/v1", kind: "Ingress" }, options);
  const httpRoutes = follow(
    { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute" },
    // Only a cluster with the add-on envoy-gateway has the kind.
    { ...options, optional: true },
  );
  const services = follow({ apiVersion: "v1", kind: "Service" }, options);
  const routes = (): RouteTable =>
    (table ??= routeTable({
      ingresses: ingresses.objects.values(),
      httpRoutes: httpRoutes.objects.values(),
      services: services.objects.values(),
      ingressClass,
      gateway: GATEWAY,
    }));
  const server = http.createServer((request, response) => {
    const destination = destinationOf(routes(), request);
    if ("status" in destination) answerItself(response, destination);
    else forward(request, response, destination);
  });
  // A request may take as long as it needs: uploads, streams.
  server.requestTimeout = 0;
  server.on("upgrade", (request: http.IncomingMessage, socket: Socket, head: Buffer) => {
    // From here on the server no longer listens for it, and a client that goes would end the supervisor.
    socket.on("error", () => undefined);
    const destination = destinationOf(routes(), request);
    if ("status" in destination) answerUpgrade(socket, destination);
    else forwardUpgrade({ request, socket, head }, destination);
  });
  const stopFollowing = (): Promise<unknown> => Promise.all([ingresses.stop(), httpRoutes.stop(), services.stop()]);
  try {
    const listening = await listen(server, { host: "127.0.0.1", port });
    return { port: listening.port, stop: async () => void (await Promise.all([listening.stop(), stopFollowing()])) };
  } catch (error) {
    await stopFollowing();
    throw error;
  }
}
