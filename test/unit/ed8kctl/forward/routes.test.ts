import assert from "node:assert/strict";
import { readRoutes } from "../../../../ed8kctl/forward/routes.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { kind } from "../../kube/fake/kinds.js";
import { FACTS } from "../live/facts.js";
import { live } from "../live/objects.js";

const GATEWAY = { namespace: "ed8k-gateway", name: "ed8k" };

describe("the routes of an environment", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    server.put({ ...live("Ingress web", {}, { namespace: "alice" }), apiVersion: "networking.k8s.io/v1" });
  });
  afterEach(() => server.stop());

  async function read(facts = FACTS): Promise<readonly string[]> {
    const routes = await readRoutes({ facts, client: server.client() }, "alice", new AbortController().signal);
    return routes.map((route) => `${route.kind} ${route.metadata.name}`);
  }

  it("are Ingresses alone where the cluster has no Gateway, and need not know the other kind", async () => {
    assert.deepEqual(await read(), ["Ingress web"]);
  });

  it("are HTTPRoutes too where it has one", async () => {
    server.kinds.push(kind("gateway.networking.k8s.io/v1 HTTPRoute", "httproutes"));
    const route = live("HTTPRoute api", {}, { namespace: "alice" });
    server.put({ ...route, apiVersion: "gateway.networking.k8s.io/v1" });
    assert.deepEqual(await read({ ...FACTS, gateway: GATEWAY }), ["Ingress web", "HTTPRoute api"]);
  });
});
