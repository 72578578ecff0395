import assert from "node:assert/strict";
import { containerRuns } from "../../../../ed8kctl/logs/containers.js";
import { live, of } from "../live/objects.js";

describe("containers that have a log", () => {
  it("are those that have begun; each restart is another run", () => {
    const pod = live(
      "Pod bos-1",
      {
        spec: { initContainers: [{ name: "migrate" }], containers: [{ name: "web" }] },
        status: {
          initContainerStatuses: [{ name: "migrate", state: { terminated: { exitCode: 0 } } }],
          containerStatuses: [
            { name: "web", restartCount: 2, state: { running: {} }, lastState: { terminated: { exitCode: 1 } } },
          ],
        },
      },
      of("bos"),
    );
    assert.deepEqual(containerRuns(pod), [
      {
        service: "bos",
        pod: "bos-1",
        container: "migrate",
        id: "uid-of-bos-1/migrate/0",
        prefix: "bos-1/migrate",
        isRunning: false,
        hasPrevious: false,
      },
      {
        service: "bos",
        pod: "bos-1",
        container: "web",
        id: "uid-of-bos-1/web/2",
        prefix: "bos-1",
        isRunning: true,
        hasPrevious: true,
      },
    ]);
  });

  it("are named where a pod has several, and left out while they wait for their first run", () => {
    const crashed = { name: "web", restartCount: 3, lastState: { terminated: { exitCode: 1 } } };
    const pod = live("Pod bos-1", {
      spec: { containers: [{ name: "web" }, { name: "proxy" }] },
      status: {
        containerStatuses: [
          { ...crashed, state: { waiting: { reason: "CrashLoopBackOff" } } },
          { name: "proxy", state: { waiting: { reason: "ContainerCreating" } } },
        ],
      },
    });
    assert.deepEqual(
      containerRuns(pod).map(({ prefix, id, isRunning }) => [prefix, id, isRunning]),
      [["bos-1/web", "uid-of-bos-1/web/3", false]],
    );
    assert.deepEqual(containerRuns(live("Pod new")), []);
  });
});
