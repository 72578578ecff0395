import assert from "node:assert/strict";
import { pickContainer } from "../../../../ed8kctl/live/pick-pod.js";
import { requireServices } from "../../../../ed8kctl/live/services.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
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
    assert.deepEqual(pickContainer("bos", pods), { pod: "bos-b", container: "web" });
  });

  it("does not take a service's database for the service", () => {
    const database = { labels: { ...of("bos").labels, "ed8k.dev/claim": "db" } };
    const pods = [
      live("Pod bos--db-0", { ...containers, ...podStatus(true) }, database),
      live("Pod bos-a", { ...containers, ...podStatus(true) }, of("bos")),
    ];
    assert.equal(pickContainer("bos", pods).pod, "bos-a");
  });

  it("takes the container that the chart names as its main one", () => {
    const annotations = { "kubectl.kubernetes.io/default-container": "proxy" };
    const pods = [live("Pod bos-a", { ...containers, ...podStatus(true) }, { ...of("bos"), annotations })];
    assert.deepEqual(pickContainer("bos", pods), { pod: "bos-a", container: "proxy" });
  });

  it("refuses a service of which no pod is ready", () => {
    assert.throws(() => pickContainer("bos", []), { message: "no pod of bos can be entered: it has no pods" });
    const pods = [live("Pod bos-a", { ...containers, ...podStatus(false) }, of("bos"))];
    assert.throws(() => pickContainer("bos", pods), {
      message: "no pod of bos can be entered: none of its 1 pods is ready",
    });
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
});
