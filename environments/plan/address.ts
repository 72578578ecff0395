/**
 * What a browser opens. Names below `localhost` never leave the machine and have no certificate (RFC 6761); others have
 * one, unless the ingress controller answers at a port of its own.
 * @param port `ingressPort` of the cluster
 */
export function hostUrl(host: string, port: number): string {
  if (port === HTTPS) return `https://${host}`;
  if (port !== HTTP) return `http://${host}:${port}`;
  return `${host.endsWith(".localhost") ? "http" : "https"}://${host}`;
}

const HTTP = 80;
const HTTPS = 443;
