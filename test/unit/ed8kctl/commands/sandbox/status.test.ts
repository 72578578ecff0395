import assert from "node:assert/strict";
import { statusText } from "../../../../../ed8kctl/commands/sandbox/status.js";

describe("ed8kctl sandbox status", () => {
  it("shows folder, ports, nodes and their limits, plugins, and a row for each component", () => {
    const text = statusText(
      {
        folder: "/s",
        basePort: 16440,
        phase: "ready",
        supervisor: { pid: 7, alive: true, memoryBytes: 62 * 1024 ** 2 },
        nodes: {
          counts: { real: 1, simulated: 2 },
          reason: "--nodes asked for it",
          gateway: 16448,
          ready: 2,
          limits: ["Pods run no process.", "Network policies are not enforced."],
        },
        plugins: [
          { name: "kubernetes", source: "published", version: "4.34.2" },
          { name: "random", source: "stand-in" },
        ],
        components: [
          {
            name: "etcd",
            state: "running",
            since: "2026-11-24T09:58:20Z",
            pid: 8,
            memoryBytes: 43 * 1024 ** 2,
            restarts: 0,
          },
          { name: "kube-apiserver", state: "waiting", since: "2026-11-24T09:59:59Z", restarts: 12 },
        ],
      },
      Date.parse("2026-11-24T10:00:00Z"),
    );
    assert.equal(
      text,
      `sandbox  ready, in /s
ports    127.0.0.1, from 16440 on (API server 16443)
nodes    1 real, 2 simulated; 2 of 3 ready (--nodes asked for it)
         Pods run no process. Network policies are not enforced.
gateway  http://HOST:16448 for every host of an environment
plugins  kubernetes 4.34.2 (published), random (stand-in)

COMPONENT       STATE    PID  SINCE  RESTARTS  MEMORY
supervisor      running  7                     62 MiB
etcd            running  8    1m     0         43 MiB
kube-apiserver  waiting       1s     12`,
    );
  });

  it("says each time what of AWS the sandbox does not do", () => {
    const text = statusText(
      {
        folder: "/s",
        basePort: 16440,
        phase: "ready",
        supervisor: { pid: 7, alive: true },
        nodes: { counts: { simulated: 1 }, reason: "so", ready: 1, limits: ["None."] },
        aws: {
          endpoint: "http://127.0.0.1:16442",
          account: "111122223333",
          region: "eu-west-1",
          limits: ["Node groups bring no nodes.", "No broker answers."],
          missingCharts: ["telepresence", "kube-prometheus-stack"],
        },
        plugins: [{ name: "aws", source: "stand-in" }],
        components: [],
      },
      0,
    );
    assert.equal(
      text,
      `sandbox  ready, in /s
ports    127.0.0.1, from 16440 on (API server 16443)
nodes    1 simulated; 1 of 1 ready (so)
         None.
plugins  aws (stand-in)
aws      http://127.0.0.1:16442, account 111122223333, eu-west-1; not as on AWS:
         - Node groups bring no nodes.
         - No broker answers.
         - Without their registries these charts are left out: telepresence, kube-prometheus-stack.

COMPONENT   STATE    PID  SINCE  RESTARTS  MEMORY
supervisor  running  7`,
    );
  });
});
