import assert from "node:assert/strict";
import { planEnvironment } from "../../../../environments/plan/plan.js";
import type { PlannedService } from "../../../../environments/plan/types.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { BACKEND, bent, configOf, facts, faultsOf, notesOf, renderedOf, serviceOf } from "../fixtures.js";

/** The facts of a cluster whose routes are attached to a Gateway. */
const withGateway = { ...facts, gateway: { namespace: "ed8k-gateway", name: "environments" } };
const parentRefs = [
  { group: "gateway.networking.k8s.io", kind: "Gateway", namespace: "ed8k-gateway", name: "environments" },
];

const WEB = `apiVersion: v1
kind: Service
metadata: { name: bos-web }
spec: { ports: [{ name: http, port: 8000 }, { name: admin, port: 9000 }] }
`;

function plan(text: string, fields: Readonly<Record<string, unknown>>): PlannedService {
  const services = [renderedOf(serviceOf("bos", fields), text)];
  const planned = planEnvironment({ config: configOf("alice"), facts: withGateway, backend: BACKEND, services });
  const [service] = planned.services;
  assert(service !== undefined);
  return service;
}

/** A rule of a route for all that begins with a path. */
function rule(value: string, port: number, type = "PathPrefix"): JsonObject {
  const backendRefs = [{ group: "", kind: "Service", name: "bos-web", port, weight: 1 }];
  return { matches: [{ path: { type, value } }], backendRefs };
}

describe("routes on a cluster with a Gateway", () => {
  it("are HTTPRoutes, whose ports are numbers", () => {
    const routes = { http: { service: "bos-web", port: "http" }, admin: { service: "bos-web", port: 9000 } };
    const { objects, routes: told } = plan(WEB, { routes });
    assert.deepEqual(
      objects.filter(({ manifest }) => manifest.kind !== "Service"),
      [
        ["http", "bos--alice.dev.example.com", 8000] as const,
        ["admin", "bos-admin--alice.dev.example.com", 9000] as const,
      ].map(([name, host, port]) => ({
        id: `bos/HTTPRoute/bos-${name}-route`,
        manifest: {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "HTTPRoute",
          metadata: {
            name: `bos-${name}-route`,
            namespace: "alice",
            labels: { "ed8k.dev/env": "alice", "ed8k.dev/service": "bos" },
          },
          spec: { parentRefs, hostnames: [host], rules: [rule("/", port)] },
        },
        after: [],
        ignoreChanges: [],
      })),
    );
    assert.deepEqual(
      told.map(({ host }) => host),
      ["bos--alice.dev.example.com", "bos-admin--alice.dev.example.com"],
    );
  });

  it("take the place of Services for the outside too", () => {
    const { objects } = plan(WEB.replace("spec: {", "spec: { type: LoadBalancer,"), {});
    const route = objects.find(({ manifest }) => manifest.kind === "HTTPRoute");
    assert.deepEqual(route?.manifest["spec"], {
      parentRefs,
      hostnames: ["bos--alice.dev.example.com"],
      rules: [rule("/", 8000)],
    });
  });
});

describe("Ingresses of charts on a cluster with a Gateway", () => {
  const backend = (port: string): string => `{ service: { name: bos-web, port: ${port} } }`;
  const host = (name: string, ...paths: readonly string[]): string =>
    `{ host: ${name}, http: { paths: [${paths.join(", ")}] } }`;
  const path = (text: string, port: string, type = "Prefix"): string =>
    `{ path: ${text}, pathType: ${type}, backend: ${backend(port)} }`;
  const ingress = (spec: string, annotations = "{}"): string =>
    `${WEB}---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, annotations: ${annotations} }\nspec: { ${spec} }\n`;

  it("become one route for each host, whose paths stay in their order", () => {
    const rules = [
      host("shop.example.com", path("/api", "{ name: http }"), path("/status", "{ number: 9000 }", "Exact")),
      host("admin.example.com", path("/", "{ name: admin }", "ImplementationSpecific")),
      host("shop.example.com", path("/", "{ name: http }")),
    ];
    const { objects, ingresses, faults } = bent(ingress(`ingressClassName: nginx, rules: [${rules.join(", ")}]`), {
      facts: withGateway,
    });
    assert.deepEqual(faults, []);
    const routes = objects.filter(({ manifest }) => manifest.kind === "HTTPRoute").map(({ manifest }) => manifest);
    assert.deepEqual(
      routes.map(({ metadata, spec }) => [metadata.name, spec]),
      [
        [
          "web",
          {
            parentRefs,
            hostnames: ["bos--alice.dev.example.com"],
            rules: [rule("/api", 8000), rule("/status", 9000, "Exact"), rule("/", 8000)],
          },
        ],
        ["web-284c7e08", { parentRefs, hostnames: ["bos-admin--alice.dev.example.com"], rules: [rule("/", 9000)] }],
      ],
    );
    assert.deepEqual(
      ingresses.map((route) => route.host),
      ["bos--alice.dev.example.com", "bos-admin--alice.dev.example.com"],
    );
    assert.equal(
      objects.some(({ manifest }) => manifest.kind === "Ingress"),
      false,
    );
  });

  it("tell what is lost: a controller's own annotations, and paths that lead nowhere", () => {
    const rules = host("shop.example.com", path("/", "{ name: http }"), path("/old", "{ name: gone }"));
    const text = ingress(`rules: [${rules}]`, "{ nginx.ingress.kubernetes.io/rewrite-target: / }");
    assert.deepEqual(notesOf(text, { facts: withGateway }), [
      'bent: Ingress "web": the host shop.example.com becomes bos--alice.dev.example.com',
      'bent: Ingress "web": bos--alice.dev.example.com/old leads to no port of a Service of the chart',
      'bent: Ingress "web": the cluster\'s gateway knows no nginx.ingress.kubernetes.io/rewrite-target',
    ]);
  });

  it("that lead nowhere at all are left out", () => {
    const { objects } = bent(ingress(`rules: [${host("shop.example.com", path("/", "{ name: gone }"))}]`), {
      facts: withGateway,
    });
    assert.deepEqual(
      objects.map(({ manifest }) => manifest.kind),
      ["Service"],
    );
  });

  it("are the way to a route: a chart's own HTTPRoute is refused", () => {
    const text =
      "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: { name: web }\nspec: { parentRefs: [{ name: other }] }\n";
    assert.deepEqual(faultsOf(text, { facts: withGateway }), [
      'services/bos/templates/all.yaml:2: HTTPRoute "web" names a Gateway, which is the cluster\'s affair: the routes of ed8k.yaml are attached to it [scope]',
    ]);
  });
});
