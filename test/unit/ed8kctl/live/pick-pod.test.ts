import assert from "node:assert/strict";
import type { JsonObject } from "../../../../kube/manifest.js";
import { pickContainer } from "../../../../ed8kctl/live/pick-pod.js";
import { defaultService, requireServices } from "../../../../ed8kctl/live/services.js";
import { environmentsOf, type LiveEnvironment } from "../../../../ed8kctl/live/list.js";
import { environmentNamespace, live, of, podStatus } from "./objects.js";

const containers = { spec: { containers: [{ name: "web" }, { name: "proxy" }] } };

describe("picking a container", () => {
  it("takes the first container of the first ready pod of the service", () => {
    const pods = [
      live("Pod bos-c", { ...containers, ...podStatus(true) }, of("bos")),
      live("Pod bos-a", { ...containers, ...podStatus(false) }, of("bos")),
      live("Pod bos-b", { ...containers, ...podStatus(true) }, of("bos")),
      live("Pod aaa", { ...containers, ...podStatus(true) }, of("fxsuite")),
    ];
    assert.deepEqual(pickContainer("bos", pods), { pod: "bos-b", container: "web", isReady: true });
  });

  it("does not take a service's database for the service", () => {
    const database = { labels: { ...of("bos").labels, "ed8k.dev/claim": "db" } };
    const pods = [
      live("Pod bos--db-0", { ...containers, ...podStatus(true) }, database),
      live("Pod bos-a", { ...containers, ...podStatus(true) }, of("bos")),
    ];
    assert.equal(pickContainer("bos", pods)?.pod, "bos-a");
  });

  it("takes the container that the chart names as its main one", () => {
    const annotations = { "kubectl.kubernetes.io/default-container": "proxy" };
    const pods = [live("Pod bos-a", { ...containers, ...podStatus(true) }, { ...of("bos"), annotations })];
    assert.deepEqual(pickContainer("bos", pods), { pod: "bos-a", container: "proxy", isReady: true });
  });

  it("takes one that runs but is not ready where there is no better, and none that does not run", () => {
    const status = (state: JsonObject) => podStatus(false, { containerStatuses: [{ name: "web", state }] });
    const waits = live("Pod bos-a", { ...containers, ...status({ waiting: {} }) }, of("bos"));
    const runs = live("Pod bos-b", { ...containers, ...status({ running: {} }) }, of("bos"));
    assert.deepEqual(pickContainer("bos", [waits, runs]), { pod: "bos-b", container: "web", isReady: false });
    assert.equal(pickContainer("bos", [waits]), undefined);
    assert.equal(pickContainer("bos", []), undefined);
  });
});

describe("services of an environment", () => {
  const [alice] = environmentsOf([environmentNamespace("alice", "alice")]);
  assert.ok(alice);

  it("are found, or the right one is suggested", () => {
    requireServices(alice, ["bos", "fxsuite"]);
    assert.throws(() => requireServices(alice, ["bos", "fxsuiet"]), {
      message: 'alice does not run "fxsuiet"; it runs fxsuite, bos',
      hint: "did you mean fxsuite?",
      exit: "notFound",
    });
    assert.throws(() => requireServices(alice, ["kafka-ui"]), {
      message: 'alice does not run "kafka-ui"; it runs fxsuite, bos',
      hint: "ed8kctl start alice kafka-ui adds it",
    });
  });

  /** An environment that runs these services. */
  function running(...names: readonly string[]): LiveEnvironment {
    const services = names.map((name) => ({ name, version: "1", hosts: [] }));
    return { ...(alice as LiveEnvironment), summary: { services, claims: [] } };
  }

  it("need no name where there is a toolbox, or only one", () => {
    assert.equal(defaultService(running("bos", "toolbox"), "shell"), "toolbox");
    assert.equal(defaultService(running("bos"), "shell"), "bos");
  });

  it("need a name where it is not plain", () => {
    assert.throws(() => defaultService(running("bos", "fxsuite"), "run"), {
      message: "which service of alice? It runs bos, fxsuite",
      hint: "ed8kctl run alice SERVICE",
      exit: "usage",
    });
    assert.throws(() => defaultService(running(), "shell"), { message: "which service of alice? It runs nothing" });
  });
});
