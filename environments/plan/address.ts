import type { ClusterFacts } from "../../cluster/outputs.js";

/** Where a cluster answers browsers. */
export type Entry = Pick<ClusterFacts, "ingressPort" | "gateway">;

/**
 * What a browser opens. Names below `localhost` never leave the machine and have no certificate (RFC 6761), and ED8K's
 * Gateway has no listener with one; elsewhere there is one, unless the ingress controller answers at a port of its own.
 */
export function hostUrl(host: string, { ingressPort: port, gateway }: Entry): string {
  if (gateway !== undefined) return `http://${host}${port === HTTP ? "" : `:${port}`}`;
  if (port === HTTPS) return `https://${host}`;
  if (port !== HTTP) return `http://${host}:${port}`;
  return `${host.endsWith(".localhost") ? "http" : "https"}://${host}`;
}

const HTTP = 80;
const HTTPS = 443;
