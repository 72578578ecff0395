import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const UID = "11111111-2222-3333-4444-555555555555";

/** An API server of somebody else's cluster: it has a `kube-system` of its own and writes down what it is asked. */
export class OtherCluster {
  /** Method and path of each request. */
  readonly requests: string[] = [];
  readonly #server: Server = createServer(({ method = "", url = "" }, answer) => {
    this.requests.push(`${method} ${url}`);
    const body = ANSWERS[url.replace(/\?.*/, "")];
    answer.writeHead(body === undefined ? 404 : 200, { "content-type": "application/json" });
    answer.end(JSON.stringify(body ?? { kind: "Status", status: "Failure", reason: "NotFound", code: 404 }));
  });

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
  }

  get server(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

const KUBE_SYSTEM = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "kube-system", uid: UID, resourceVersion: "1", creationTimestamp: "2026-01-01T00:00:00Z" },
};

const ANSWERS: Readonly<Record<string, unknown>> = {
  "/version": { gitVersion: "v1.36.3" },
  "/api/v1/namespaces": { apiVersion: "v1", kind: "NamespaceList", metadata: {}, items: [KUBE_SYSTEM] },
  "/api/v1/namespaces/kube-system": KUBE_SYSTEM,
  "/api/v1": {
    kind: "APIResourceList",
    groupVersion: "v1",
    resources: [
      { name: "namespaces", singularName: "namespace", namespaced: false, kind: "Namespace", verbs: ["get", "list"] },
    ],
  },
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": { kind: "APIGroupList", groups: [] },
};
