import assert from "node:assert/strict";
import { containerRuns } from "../../../../ed8kctl/logs/containers.js";
import { live } from "../live/objects.js";

describe("containers that have a log", () => {
  it("are those that have begun; each restart is another run", () => {
    const pod = live("Pod bos-1", {
      spec: { initContainers: [{ name: "migrate" }], containers: [{ name: "web" }] },
      status: {
        initContainerStatuses: [{ name: "migrate", state: { terminated: { exitCode: 0 } } }],
        containerStatuses: [{ name: "web", restartCount: 2, state: { running: {} } }],
      },
    });
    assert.deepEqual(containerRuns(pod), [
      { pod: "bos-1", container: "migrate", id: "uid-of-bos-1/migrate/0", prefix: "bos-1/migrate" },
      { pod: "bos-1", container: "web", id: "uid-of-bos-1/web/2", prefix: "bos-1" },
    ]);
  });

  it("are named where a pod has several, and left out while they wait", () => {
    const pod = live("Pod bos-1", {
      spec: { containers: [{ name: "web" }, { name: "proxy" }] },
      status: {
        containerStatuses: [
          { name: "web", state: { running: {} } },
          { name: "proxy", state: { waiting: { reason: "ContainerCreating" } } },
        ],
      },
    });
    assert.deepEqual(
      containerRuns(pod).map(({ prefix }) => prefix),
      ["bos-1/web"],
    );
    assert.deepEqual(containerRuns(live("Pod new")), []);
  });
});
