import assert from "node:assert/strict";
import fc from "fast-check";
import { findRoute, type Route, routeTable } from "../../../../../sandbox/jobs/gateway/routes.js";
import type { LiveObject } from "../../../../../kube/object.js";
import { GATEWAY } from "../../../../../cluster/platform/add-ons/gateway.js";
import { backendOf, ingress, service } from "./objects.js";

const HOST = "bos--alice.ed8k.localhost";
const SERVICES = [
  service("alice/web", "10.27.16.7", { http: 8000, metrics: 9000 }),
  service("alice/api", "10.27.16.8", { http: 80 }),
  service("alice/headless", "None", { http: 80 }),
  service("bob/web", "10.27.16.9", { http: 8000 }),
];

function table(...ingresses: readonly LiveObject[]): ReadonlyMap<string, readonly Route[]> {
  return routeTable({ ingresses, httpRoutes: [], services: SERVICES, ingressClass: "ed8k", gateway: GATEWAY });
}

/** Where a path of the host leads: the Service's name, its port, and its address. */
function leadsTo(path: string, ...ingresses: readonly LiveObject[]): string | undefined {
  const found = findRoute(table(...ingresses).get(HOST) ?? [], path)?.backend;
  if (found === undefined) return undefined;
  const address = found.address === undefined ? "nowhere" : `${found.address.host}:${found.address.port}`;
  return `${found.name}:${found.port} at ${address}`;
}

describe("routes of Ingresses", () => {
  it("lead to the Service's own address, by the port's number or name", () => {
    assert.equal(
      leadsTo("/", ingress("alice/a", { host: HOST, paths: [{ service: "web", port: 8000 }] })),
      "alice/web:8000 at 10.27.16.7:8000",
    );
    assert.equal(
      leadsTo("/deals/1", ingress("alice/a", { host: HOST, paths: [{ service: "web", port: "metrics" }] })),
      "alice/web:metrics at 10.27.16.7:9000",
    );
  });

  it("lead to Services of their own namespace alone", () => {
    assert.equal(
      leadsTo("/", ingress("bob/a", { host: HOST, paths: [{ service: "api", port: "http" }] })),
      "bob/api:http at nowhere",
    );
  });

  it("lead nowhere without such a Service, such a port, or an address", () => {
    for (const [to, told] of [
      [{ service: "none", port: 80 }, "alice/none:80 at nowhere"],
      [{ service: "web", port: 81 }, "alice/web:81 at nowhere"],
      [{ service: "web", port: "grpc" }, "alice/web:grpc at nowhere"],
      [{ service: "headless", port: 80 }, "alice/headless:80 at nowhere"],
    ] as const) {
      assert.equal(leadsTo("/", ingress("alice/a", { host: HOST, paths: [to] })), told);
    }
  });

  it("are those of the class alone", () => {
    const foreign = ingress(
      "alice/a",
      { host: HOST, paths: [{ service: "web", port: 80 }] },
      { ingressClassName: "nginx" },
    );
    const none = ingress(
      "alice/b",
      { host: HOST, paths: [{ service: "web", port: 80 }] },
      { ingressClassName: undefined },
    );
    assert.deepEqual([...table(foreign, none)], []);
  });

  it("have a host; wildcards and rules without one are passed over", () => {
    const paths = [{ service: "web", port: 80 }];
    assert.deepEqual(
      [
        ...table(
          ingress("alice/a", { host: "", paths: paths }),
          ingress("alice/b", { host: "*.ed8k.localhost", paths: paths }),
        ),
      ],
      [],
    );
  });

  it("do not mind how a host is written", () => {
    assert.deepEqual(
      [...table(ingress("alice/a", { host: HOST.toUpperCase(), paths: [{ service: "web", port: 8000 }] })).keys()],
      [HOST],
    );
  });

  it("are found by the longest path, the exact one before the prefix", () => {
    const paths = ingress("alice/a", {
      host: HOST,
      paths: [
        { path: "/", service: "web", port: 1 },
        { path: "/api", service: "web", port: 2 },
        { path: "/api/v2/", service: "web", port: 3 },
        { path: "/api/v2", pathType: "Exact", service: "web", port: 4 },
        { path: "/", pathType: "Exact", service: "web", port: 5 },
        { path: "/own", pathType: "ImplementationSpecific", service: "web", port: 6 },
      ],
    });
    const ports = Object.entries({
      "/": 5,
      "/x": 1,
      "/api": 2,
      "/api/": 2,
      "/apis": 1,
      "/api/v1": 2,
      "/api/v2": 4,
      "/api/v2/": 3,
      "/api/v2/x": 3,
      "/api/v20": 2,
      "/own/x": 6,
      "/API": 1,
    });
    for (const [path, port] of ports) assert.equal(leadsTo(path, paths), `alice/web:${port} at nowhere`, path);
  });

  it("of several Ingresses of a host are one table, in which the older one goes first", () => {
    const [one, other] = ["one", "other"].map((name) =>
      ingress(`alice/${name}`, {
        host: HOST,
        paths: [
          { path: "/same", service: name, port: 1 },
          { path: `/${name}`, service: name, port: 2 },
        ],
      }),
    ) as [LiveObject, LiveObject];
    const old = { ...other, metadata: { ...other.metadata, creationTimestamp: "2020-01-01T00:00:00Z" } };
    assert.equal(leadsTo("/same", one, old), "alice/other:1 at nowhere");
    assert.equal(leadsTo("/same", old, one), "alice/other:1 at nowhere");
    assert.equal(leadsTo("/same", other, one), "alice/one:1 at nowhere");
    assert.equal(leadsTo("/one/x", old, one), "alice/one:2 at nowhere");
    assert.equal(leadsTo("/", old, one), undefined);
  });

  it("end in the Ingress' own backend where it has one", () => {
    const spec = { defaultBackend: backendOf({ service: "api", port: 80 }) };
    const own = ingress("alice/a", { host: HOST, paths: [{ path: "/web", service: "web", port: 8000 }] }, spec);
    assert.equal(leadsTo("/web", own), "alice/web:8000 at 10.27.16.7:8000");
    assert.equal(leadsTo("/x", own), "alice/api:80 at 10.27.16.8:80");
  });

  it("cross no boundary of a path's parts, whatever the paths are", () => {
    const part = fc.constantFrom("a", "b", "ab", "");
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(path, fc.array(path, { minLength: 1, maxLength: 4 }), (asked, offered) => {
        const paths = offered.map((each, index) => ({ path: each, service: "web", port: index }));
        const port = leadsTo(asked, ingress("alice/a", { host: HOST, paths: paths }))?.split(/[ :]/)[1];
        const fits = (each: string): boolean => `${asked}/`.startsWith(`${each.replace(/\/+$/, "")}/`);
        const longest = Math.max(...offered.filter(fits).map((each) => each.replace(/\/+$/, "").length), -1);
        assert.equal(port === undefined, longest === -1);
        if (port !== undefined) assert.equal(offered[Number(port)]?.replace(/\/+$/, "").length, longest);
      }),
    );
  });
});
