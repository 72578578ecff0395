import type net from "node:net";
import type { KubeClient } from "../../kube/client.js";
import { shortened } from "../diagnosis/words.js";
import type { Endpoint } from "../live/endpoint.js";
import { Forwarder } from "./forwarder.js";
import { LOOPBACK, portOf } from "./listen.js";
import type { OpenTunnel } from "./tunnel.js";
import { watchWays } from "./ways.js";

/** A port of this machine that leads to a Service. */
export interface Forwarded {
  readonly endpoint: Endpoint;
  readonly server: net.Server;
}

/** What forwarding needs, and who is told. */
export interface Forwarding {
  readonly client: KubeClient;
  readonly environment: string;
  readonly open: OpenTunnel;
  readonly signal: AbortSignal;
  /** The first time that connections get through. */
  readonly onReady: (ready: Ready) => void;
  /** What has changed since. */
  readonly onChange: (line: string) => void;
  /** Why there is no ready pod, if that is known. */
  readonly why: () => Promise<string | undefined>;
}

/** What a user, or a program, connects to; also one line of `--json`. */
export interface Ready {
  readonly service: string;
  readonly port: number;
  readonly host: string;
  readonly local: number;
  readonly pod: string;
}

/** So long a service may be without a ready pod before it is told why, in milliseconds. */
const SOON_MS = 3000;

/**
 * Leads connections on until aborted, whatever becomes of the pods.
 * @throws UserError when not even the first pod can be reached
 */
export async function forwardService({ endpoint, server }: Forwarded, forwarding: Forwarding): Promise<void> {
  const own = new AbortController();
  const signal = AbortSignal.any([forwarding.signal, own.signal]);
  const news = createNews({ endpoint, server }, { ...forwarding, signal });
  const failed = new Promise<never>((_, fail) => {
    news.onFatal = fail;
  });
  const forwarder = new Forwarder(forwarding.open, news, { signal });
  server.on("connection", (socket) => void forwarder.take(socket));
  const { client, environment } = forwarding;
  const watching = watchWays({
    client,
    environment,
    endpoint,
    signal,
    onWays: (ways) => {
      if (ways.length === 0) news.awaitPod();
      forwarder.setWays(ways);
    },
    onLost: (fault) => news.onLost(fault),
  });
  try {
    await Promise.race([watching, failed]);
  } finally {
    own.abort();
    server.close();
    // It ends by the abort; what it ends with was told, or is the abort itself.
    await watching.catch(() => undefined);
  }
}

/** Puts what happens into words, each once. */
function createNews({ endpoint, server }: Forwarded, { signal, onReady, onChange, why }: Forwarding) {
  const { service, port } = endpoint;
  const local = portOf(server);
  let pod: string | undefined;
  let isGone = false;
  let cut = "";
  let fault = "";
  let timer: NodeJS.Timeout | undefined;
  const news = {
    onFatal: (_: Error): void => undefined,
    onWay(way: { readonly pod: string }): void {
      clearTimeout(timer);
      if (pod === undefined) onReady({ service, port, host: LOOPBACK, local, pod: way.pod });
      else if (pod !== way.pod || isGone) onChange(`${service}: ${LOOPBACK}:${local} leads to ${way.pod} now`);
      pod = way.pod;
      isGone = false;
      fault = "";
    },
    onNoWay(): void {
      isGone = true;
      onChange(`${service}: ${pod ?? "its pod"} is not ready any more; connections wait for the next`);
    },
    onCut(way: { readonly pod: string }, why: string): void {
      if (why !== "" && why !== cut) onChange(`${service}: ${way.pod} did not answer: ${shortened(why)}; trying again`);
      cut = why;
    },
    onFault(error: Error, isFatal: boolean): void {
      if (isFatal) news.onFatal(error);
      else if (error.message !== fault) onChange(`${service}: ${error.message}; trying again`);
      fault = error.message;
    },
    onLost({ message }: Error): void {
      onChange(`${service}: ${message}; trying again`);
    },
    awaitPod(): void {
      clearTimeout(timer);
      timer = setTimeout(() => void tellWhy(), SOON_MS);
      signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    },
  };
  const tellWhy = async (): Promise<void> => {
    const cause = await why().catch(() => undefined);
    if (!signal.aborted)
      onChange(`${service}: waits for a pod that is ready${cause === undefined ? "" : `: ${cause}`}`);
  };
  return news;
}
