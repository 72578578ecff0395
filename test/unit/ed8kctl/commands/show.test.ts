import assert from "node:assert/strict";
import { showText } from "../../../../ed8kctl/commands/show.js";
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

  it("tells what does not run, at most ten of it, and where to look", () => {
    const sick: EnvironmentDetails = {
      ...READY,
      state: { name: "starting", reason: "bos has 1 of 2 pods ready", since: "2026-11-24T09:00:00Z" },
      services: [{ name: "bos", version: "0.2.0", ready: 1, wanted: 2, urls: [] }],
      claims: [],
      volumes: [],
      quota: [],
      problems: Array.from({ length: 12 }, (_, index) => `bos-${index}: ImagePullBackOff`),
    };
    const lines = showText(sick, NOW).split("\n");
    assert.equal(lines[4], "state        starting since 2026-11-24 09:00 UTC (1 h ago): bos has 1 of 2 pods ready");
    assert.deepEqual(lines.slice(-5), [
      "  bos-8: ImagePullBackOff",
      "  bos-9: ImagePullBackOff",
      "  and 2 more",
      "",
      "next: ed8kctl logs alice bos, ed8kctl shell alice",
    ]);
  });

  it("leads on to destroy what is being deleted", () => {
    const going: EnvironmentDetails = { ...READY, state: { name: "deleting", since: "2026-11-24T09:59:00Z" } };
    assert.equal(showText(going, NOW).split("\n").at(-1), "next: ed8kctl destroy alice");
  });
});
