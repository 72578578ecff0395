import assert from "node:assert/strict";
import { GATEWAY } from "../../../../../cluster/platform/add-ons/gateway.js";
import { httpRoute as planned } from "../../../../../environments/plan/http-routes.js";
import type { JsonObject } from "../../../../../kube/manifest.js";
import type { LiveObject } from "../../../../../kube/object.js";
import { httpRoutePaths } from "../../../../../sandbox/jobs/gateway/http-routes.js";
import { routeTable } from "../../../../../sandbox/jobs/gateway/routes.js";
import { live } from "../../../ed8kctl/live/objects.js";
import { kind } from "../../../kube/fake/kinds.js";
import { ingress, service } from "./objects.js";
import { answers, openGateway } from "./open-gateway.js";

const HOST = "bos--alice.ed8k.localhost";

function route(spec: JsonObject): LiveObject {
  return live("HTTPRoute bos", { spec: { parentRefs: [GATEWAY], hostnames: [HOST], ...spec } }, { namespace: "alice" });
}

const to = (name: string): JsonObject => ({ name, port: 80 });
const at = (value: string, type = "PathPrefix"): JsonObject => ({ path: { type, value } });

/** What the route says of paths: `/a (exact) → web:80`. */
function paths(spec: JsonObject): string[] {
  return httpRoutePaths(route(spec), GATEWAY).map(
    ({ host, path, exact, service: name, port }) =>
      `${host}${path}${exact ? " (exact)" : ""} → ${name}:${JSON.stringify(port)}`,
  );
}

describe("routes of HTTPRoutes", () => {
  it("are those that environments make", () => {
    const paths = [
      { type: "PathPrefix", path: "/", service: "web", port: 8000 },
      { type: "Exact", path: "/status", service: "api", port: 80 },
    ] as const;
    const { spec } = planned({ name: "bos", namespace: "alice" }, { host: HOST, paths }, GATEWAY);
    assert.deepEqual(httpRoutePaths(route(spec as JsonObject), GATEWAY), [
      { host: HOST, path: "/", exact: false, service: "web", port: 8000 },
      { host: HOST, path: "/status", exact: true, service: "api", port: 80 },
    ]);
  });

  it("are for all paths where none is named, and for each host", () => {
    assert.deepEqual(paths({ hostnames: ["a.b", "c.d"], rules: [{ backendRefs: [to("web")] }] }), [
      "a.b/ → web:80",
      "c.d/ → web:80",
    ]);
  });

  it("pass over what asks for more than a host and a path", () => {
    const rules = [
      { matches: [{ ...at("/a"), method: "GET" }, at("/b")], backendRefs: [to("web")] },
      { matches: [{ ...at("/c"), headers: [{ name: "x", value: "y" }] }], backendRefs: [to("web")] },
      { matches: [at("/d.*", "RegularExpression")], backendRefs: [to("web")] },
      { matches: [at("/e")], filters: [{ type: "RequestRedirect" }], backendRefs: [to("web")] },
      { matches: [at("/f")] },
    ];
    assert.deepEqual(paths({ rules }), [`${HOST}/b → web:80`]);
  });

  it("are those of the Gateway alone", () => {
    const rules = [{ backendRefs: [to("web")] }];
    for (const parent of [
      { name: GATEWAY.name },
      { name: "other", namespace: GATEWAY.namespace },
      { name: GATEWAY.name, namespace: "alice" },
    ]) {
      assert.deepEqual(paths({ parentRefs: [parent], rules }), []);
    }
    assert.deepEqual(paths({ parentRefs: [{ name: "other" }, GATEWAY], rules }), [`${HOST}/ → web:80`]);
  });

  it("are served as soon as the cluster has the kind", async () => {
    const gateway = await openGateway();
    try {
      const name = "deals--alice.ed8k.localhost";
      gateway.api.kinds.push(kind("gateway.networking.k8s.io/v1 HTTPRoute", "httproutes"));
      const rules = [{ matches: [at("/")], backendRefs: [{ name: "web", port: 80 }] }];
      gateway.api.put({ ...route({ hostnames: [name], rules }), apiVersion: "gateway.networking.k8s.io/v1" });
      await answers(gateway.raw, name, "has no route for the path *");
      assert.match(
        await gateway.raw("GET / HTTP/1.1", `Host: ${name}`, "Connection: close"),
        /The route of deals--alice\.ed8k\.localhost leads to the Service alice\/web, port 80, which is not there/,
      );
      assert.deepEqual(gateway.lines, []);
    } finally {
      await gateway.stop();
    }
  });

  it("stand in one table with those of Ingresses", () => {
    const services = [service("alice/web", "10.0.0.1", { http: 80 }), service("alice/api", "10.0.0.2", { http: 80 })];
    const table = routeTable({
      ingresses: [ingress("alice/a", { host: HOST, paths: [{ path: "/api/", service: "api", port: "http" }] })],
      httpRoutes: [route({ rules: [{ matches: [at("/")], backendRefs: [to("web")] }] })],
      services,
      ingressClass: "ed8k",
      gateway: GATEWAY,
    });
    assert.deepEqual(
      table.get(HOST)?.map(({ path, backend }) => [path, backend.name, backend.address]),
      [
        ["/api", "alice/api", { host: "10.0.0.2", port: 80 }],
        ["", "alice/web", { host: "10.0.0.1", port: 80 }],
      ],
    );
  });
});
