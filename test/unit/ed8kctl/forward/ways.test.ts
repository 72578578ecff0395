import assert from "node:assert/strict";
import { type Way, waysOf, watchWays } from "../../../../ed8kctl/forward/ways.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

function endpoint(pod: string, conditions: JsonObject = { ready: true }): JsonObject {
  return { addresses: ["10.0.0.1"], conditions, targetRef: { kind: "Pod", name: pod } };
}

function slice(name: string, endpoints: readonly JsonObject[], service = "bos-web") {
  return {
    ...live(
      `EndpointSlice ${name}`,
      {
        addressType: "IPv4",
        ports: [
          { name: "metrics", port: 9090 },
          { name: "http", port: 8000 },
        ],
        endpoints,
      },
      { namespace: "alice", labels: { "kubernetes.io/service-name": service } },
    ),
    apiVersion: "discovery.k8s.io/v1",
  };
}

describe("the ways to a Service", () => {
  it("are its ready pods, by name, each with the pod's own port", () => {
    const unnamed = { ...slice("c", [endpoint("d")]), ports: [{ name: "", port: 5432 }] };
    const all = [
      slice("a", [endpoint("c"), endpoint("a", {}), endpoint("b", { ready: false })]),
      slice("b", [endpoint("a")]),
    ];
    assert.deepEqual(waysOf(all, "http"), [
      { pod: "a", port: 8000 },
      { pod: "c", port: 8000 },
    ]);
    assert.deepEqual(waysOf([unnamed], ""), [{ pod: "d", port: 5432 }]);
    assert.deepEqual(waysOf(all, "grpc"), []);
    assert.deepEqual(waysOf([slice("x", [{ addresses: ["192.0.2.1"] }])], "http"), []);
  });

  it("are told as they change", async () => {
    const server = await FakeApiServer.start();
    try {
      server.put(slice("other", [endpoint("z")], "fxsuite"));
      server.put(slice("a", [endpoint("a")]));
      const controller = new AbortController();
      const told: (readonly Way[])[] = [];
      const steps: readonly (() => unknown)[] = [
        () => server.put(slice("b", [endpoint("b")])),
        () =>
          server.remove({ apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", namespace: "alice", name: "a" }),
        () => server.put(slice("b", [endpoint("b", { ready: false })])),
        () => controller.abort(),
      ];
      await watchWays({
        client: server.client(),
        environment: "alice",
        endpoint: { service: "bos-web", port: 80, portName: "http" },
        signal: controller.signal,
        onWays: (ways) => {
          told.push(ways);
          setImmediate(() => steps[told.length - 1]?.());
        },
        onLost: (fault) => assert.fail(fault),
      });
      assert.deepEqual(
        told.map((ways) => ways.map(({ pod }) => pod).join(" ")),
        ["a", "a b", "b", ""],
      );
    } finally {
      await server.stop();
    }
  });
});
