import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { KubeAccess } from "../../kube/kubeconfig.js";

/** Stands between a client and the API server and counts what is asked. */
export interface CountingProxy {
  readonly url: string;
  readonly requests: readonly string[];
  close(): void;
}

/** Requests go on as the user of `access`, whatever the client sends along. */
export async function countRequests(access: KubeAccess): Promise<CountingProxy> {
  const target = new URL(access.server);
  const requests: string[] = [];
  const server = http.createServer((request, answer) => {
    requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const headers = { ...request.headers, host: target.host, authorization: `Bearer ${access.user.token ?? ""}` };
    const forwarded = https.request(
      {
        hostname: target.hostname,
        port: target.port,
        path: request.url,
        method: request.method,
        headers,
        ca: access.ca,
      },
      (upstream) => {
        answer.writeHead(upstream.statusCode ?? 502, upstream.headers);
        upstream.pipe(answer);
      },
    );
    forwarded.once("error", () => answer.destroy());
    answer.once("close", () => forwarded.destroy());
    request.pipe(forwarded);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
