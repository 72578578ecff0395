/** What a browser opens. Names below `localhost` never leave the machine and have no certificate (RFC 6761). */
export function hostUrl(host: string): string {
  return `${host.endsWith(".localhost") ? "http" : "https"}://${host}`;
}
