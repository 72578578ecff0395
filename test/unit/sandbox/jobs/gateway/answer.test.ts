import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { startGateway } from "../../../../../sandbox/jobs/gateway.js";
import { freePort, until } from "../sockets.js";
import { ingress, service } from "./objects.js";
import { answers, HOST, openGateway, type TestGateway } from "./open-gateway.js";

describe("what the gateway says itself", () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await openGateway();
  });
  afterEach(async () => {
    assert.deepEqual(gateway.lines, []);
    await gateway.stop();
  });

  for (const [what, more] of [
    ["plain", []],
    ["to another protocol", ["Upgrade: websocket"]],
  ] as const) {
    describe(`answers requests ${what} itself`, () => {
      const get = (host: string): Promise<string> =>
        gateway.raw(
          "GET /x?y HTTP/1.1",
          `Host: ${host}`,
          ...more,
          `Connection: ${more.length > 0 ? "Upgrade" : "close"}`,
        );

      it("for a host that is not known, without a word of others", async () => {
        const answer = await get("bos--bob.ed8k.localhost:80");
        assert.match(answer, /^HTTP\/1\.1 404 Not Found\r\n/);
        assert.ok(
          answer.endsWith(
            '\r\n\r\nNo environment serves the host "bos--bob.ed8k.localhost". ed8kctl list and ed8kctl open tell addresses.\n',
          ),
          answer,
        );
        assert.doesNotMatch(answer, /alice/);
      });

      it("for a path without a route", async () => {
        await gateway.route(
          ingress("alice/api", {
            host: "api--alice.ed8k.localhost",
            paths: [{ path: "/api", service: "web", port: "http" }],
          }),
        );
        const answer = await get("api--alice.ed8k.localhost");
        assert.match(
          answer,
          /^HTTP\/1\.1 404 .*The host api--alice\.ed8k\.localhost has no route for the path \/x\.\n$/s,
        );
      });

      it("for a Service that is not there", async () => {
        await gateway.route(
          ingress("alice/gone", { host: "gone--alice.ed8k.localhost", paths: [{ service: "gone", port: 80 }] }),
        );
        const answer = await get("gone--alice.ed8k.localhost");
        assert.match(answer, /^HTTP\/1\.1 503 Service Unavailable\r\n/);
        assert.match(answer, /\nThe route of .* leads to the Service alice\/gone, port 80, which is not there\.\n$/);
      });

      it("for a Service without a ready pod", async () => {
        const port = await freePort();
        gateway.api.put(service("alice/down", "127.0.0.1", { http: port }));
        await gateway.route(
          ingress("alice/down", { host: "down--alice.ed8k.localhost", paths: [{ service: "down", port: "http" }] }),
        );
        let answer = await get("down--alice.ed8k.localhost");
        // The Service may become known after the Ingress.
        if (answer.includes("is not there")) answer = await get("down--alice.ed8k.localhost");
        assert.match(answer, /^HTTP\/1\.1 503 Service Unavailable\r\n/);
        assert.match(
          answer,
          /\nThe Service alice\/down, port http, has no pod that is ready \(ECONNREFUSED\)\. ed8kctl show alice tells why\.\n$/,
        );
      });

      it("for a service that breaks off before it has answered", async () => {
        gateway.upstream.on("connection", (socket: Socket) => socket.resetAndDestroy());
        const answer = await get(HOST);
        assert.match(answer, /^HTTP\/1\.1 502 Bad Gateway\r\n/);
        assert.match(
          answer,
          /\nThe Service alice\/web, port http, broke off before it had answered \(ECONNRESET\)\.\n$/,
        );
      });
    });
  }

  it("forgets a host when its Ingress goes", async () => {
    gateway.api.remove({ apiVersion: "networking.k8s.io/v1", kind: "Ingress", namespace: "alice", name: "web" });
    await answers(gateway.raw, HOST, "No environment serves the host");
  });

  it("does not start where something else listens, and follows nothing then", async () => {
    const { api, port } = gateway;
    const client = api.client();
    const options = { port, ingressClass: "ed8k", client: () => client, log: () => undefined };
    await assert.rejects(startGateway(options), { code: "EADDRINUSE" });
    await until(() => api.watches.size === 2);
  });
});
