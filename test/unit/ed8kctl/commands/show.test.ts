import assert from "node:assert/strict";
import { showText } from "../../../../ed8kctl/commands/show.js";
import type { Problem } from "../../../../ed8kctl/diagnosis/problem.js";
import type { EnvironmentDetails } from "../../../../ed8kctl/live/details.js";

const NOW = Date.parse("2026-11-24T10:00:00Z");
const READY: EnvironmentDetails = {
  name: "alice",
  owner: "alice",
  collaborators: ["bob"],
  profile: "full",
  size: "m",
  created: "2026-11-24T09:00:00Z",
  state: { name: "ready", since: "2026-11-24T09:57:00Z" },
  services: [
    { name: "bos", version: "0.2.0", ready: 2, wanted: 2, urls: ["http://bos--alice.ed8k.localhost"] },
    { name: "rules", version: "0.1.0", ready: 0, wanted: 0, urls: [] },
  ],
  claims: [
    { service: "bos", name: "db", type: "postgres", driver: "in-cluster", physicalName: "bos--db" },
    { service: "bos", name: "jobs", type: "sqs-queue", physicalName: "alice--bos--jobs" },
  ],
  volumes: [{ name: "data-bos--db-0", size: "2Gi", phase: "Bound" }],
  quota: [{ resource: "pods", used: 2, hard: 60 }],
  problems: [],
};

describe("ed8kctl show", () => {
  it("tells services, pods, hosts, claims, owner, size and what comes next", () => {
    assert.equal(
      showText(READY, NOW),
      `environment  alice
owner        alice, with bob
profile      full, size m
created      2026-11-24 09:00 UTC (1 h ago)
state        ready since 2026-11-24 09:57 UTC (3 min ago)

SERVICE  VERSION  PODS       URL
bos      0.2.0    2/2 ready  http://bos--alice.ed8k.localhost
rules    0.1.0    none

CLAIM     TYPE       DRIVER               NAME
bos/db    postgres   in-cluster           bos--db
bos/jobs  sqs-queue  not provisioned yet  alice--bos--jobs

VOLUME          SIZE  PHASE
data-bos--db-0  2Gi   Bound

QUOTA  USED
pods   2 of 60 (3 %)

next: ed8kctl use alice, ed8kctl open alice, ed8kctl logs alice`,
    );
  });

  const crash = (index: number, text = "crashes"): Problem => ({
    kind: "Pod",
    name: `bos-${index}`,
    service: "bos",
    cause: "crash",
    text,
    since: "2026-11-24T09:50:00Z",
    next: "ed8kctl logs alice bos",
    lines: ["Traceback", "ValueError: no"],
  });
  const sick: EnvironmentDetails = {
    ...READY,
    state: { name: "failing", reason: "bos has 1 of 2 pods ready", since: "2026-11-24T09:00:00Z" },
    services: [{ name: "bos", version: "0.2.0", ready: 1, wanted: 2, urls: [] }],
    claims: [],
    volumes: [],
    quota: [],
  };

  it("tells what does not run: why, since when, what is next, and what it logged last", () => {
    const lines = showText({ ...sick, problems: [crash(1), crash(2)] }, NOW).split("\n");
    assert.equal(lines[4], "state        failing since 2026-11-24 09:00 UTC (1 h ago): bos has 1 of 2 pods ready");
    assert.deepEqual(lines.slice(-8), [
      "",
      "Not well:",
      "  bos-1 (and 1 like it) crashes",
      "    since 2026-11-24 09:50 UTC (10 min ago); next: ed8kctl logs alice bos",
      "    | Traceback",
      "    | ValueError: no",
      "",
      "next: ed8kctl logs alice bos, ed8kctl shell alice bos",
    ]);
  });

  it("leads on to a shell only where something runs", () => {
    const next = (more: Partial<EnvironmentDetails>) =>
      showText({ ...sick, ...more }, NOW)
        .split("\n")
        .at(-1);
    const none = [{ name: "bos", version: "0.2.0", ready: 0, wanted: 2, urls: [] }];
    assert.equal(next({ services: none, problems: [crash(1)] }), "next: ed8kctl logs alice bos");
    assert.equal(
      next({ services: none, problems: [{ ...crash(1), cause: "readiness-probe" }] }),
      "next: ed8kctl logs alice bos, ed8kctl shell alice bos",
    );
    assert.equal(
      next({ services: READY.services, problems: [{ ...crash(1), cause: "restarted" }] }),
      "next: ed8kctl use alice, ed8kctl open alice, ed8kctl logs alice bos",
    );
  });

  it("tells at most ten different problems", () => {
    const problems = Array.from({ length: 12 }, (_, index) => crash(index, `crashes ${index}`));
    const lines = showText({ ...sick, problems }, NOW).split("\n");
    assert.equal(lines.filter((line) => line.startsWith("  bos-")).length, 10);
    assert.equal(lines.at(-3), "  and 2 more");
  });

  it("leads on to destroy what is being deleted", () => {
    const going: EnvironmentDetails = { ...READY, state: { name: "deleting", since: "2026-11-24T09:59:00Z" } };
    assert.equal(showText(going, NOW).split("\n").at(-1), "next: ed8kctl destroy alice");
  });
});
